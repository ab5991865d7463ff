package import Cryptography
import Foundation
package import MailMessage

/// The keys that outgoing mail is signed with, each in a file of the data directory:
/// `dkim/SELECTOR._domainkey.DOMAIN.pem`.
package struct SigningKeys: Sendable {
    /// Why a key cannot be used; its file is named.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package let signers: [DKIMSigner]

    /// Mail goes out unsigned.
    package static let none = SigningKeys(signers: [])

    private init(signers: [DKIMSigner]) {
        self.signers = signers
    }

    private static let infix = "._domainkey."
    private static let suffix = ".pem"

    /// Reads every key. Without the folder there is none.
    ///
    /// - Throws: `Failure` for a file that is no key: mail must not silently go out unsigned.
    package init(dataDirectory: String) throws(Failure) {
        let folder = Self.folder(dataDirectory)
        guard FileManager.default.fileExists(atPath: folder) else {
            signers = []
            return
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw Failure(description: "\(folder) cannot be read: \(error.localizedDescription)")
        }
        var signers: [DKIMSigner] = []
        for name in names.sorted() where name.hasSuffix(Self.suffix) {
            signers.append(try Self.read("\(folder)/\(name)", name))
        }
        self.signers = signers
    }

    /// Puts signatures before a mail, one of each key that speaks for its sender.
    ///
    /// - Returns: The mail, and the domains of the keys that failed.
    func sign(
        _ mail: [UInt8],
        from sender: String,
        at seconds: Int64
    ) -> (mail: [UInt8], failed: [String]) {
        var fields: [UInt8] = []
        var failed: [String] = []
        for signer in signers where signer.speaks(for: sender) {
            if let field = signer.field(for: mail, at: seconds) {
                fields += field
            } else {
                failed.append(signer.domain)
            }
        }
        return (fields + mail, failed)
    }

    /// Makes a key, unless there is one of that name already.
    ///
    /// - Returns: The key, and whether it is new.
    package static func make(
        _ algorithm: SigningKey.Algorithm,
        domain: String,
        selector: String,
        in dataDirectory: String
    ) throws(Failure) -> (signer: DKIMSigner, isNew: Bool) {
        let folder = folder(dataDirectory)
        let name = "\(selector)\(infix)\(domain)\(suffix)"
        let path = "\(folder)/\(name)"
        if FileManager.default.fileExists(atPath: path) {
            return (try read(path, name), false)
        }
        guard let key = SigningKey.generate(algorithm),
            let signer = DKIMSigner(domain: domain, selector: selector, key: key)
        else {
            throw Failure(description: "\(selector)\(infix)\(domain) is no name for the DNS.")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure(description: "\(folder) cannot be made: \(error.localizedDescription)")
        }
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: Data(key.pem.utf8),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw Failure(description: "\(path) cannot be written.") }
        return (signer, true)
    }

    private static func folder(_ dataDirectory: String) -> String { dataDirectory + "/dkim" }

    private static func read(_ path: String, _ name: String) throws(Failure) -> DKIMSigner {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(description: "\(path) cannot be read.")
        }
        guard let place = name.firstRange(of: infix),
            let key = SigningKey(pem: String(decoding: data, as: UTF8.self)),
            let signer = DKIMSigner(
                domain: String(name[place.upperBound...].dropLast(suffix.count)),
                selector: String(name[..<place.lowerBound]),
                key: key
            )
        else {
            throw Failure(
                description: """
                    \(path) is no signing key. It has to be named SELECTOR._domainkey.DOMAIN.pem and \
                    hold a private key for RSA or Ed25519; parleyd mail dkim-key makes one.
                    """
            )
        }
        return signer
    }
}
