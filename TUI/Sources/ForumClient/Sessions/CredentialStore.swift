import ForumAPI
import Foundation

/// Keeps credentials between runs: one file a site, readable by its owner alone, in
/// `$XDG_STATE_HOME/parley` (`~/.local/state/parley`).
package struct CredentialStore: Sendable {
    private let folder: URL

    package init(folder: String) {
        self.folder = URL(fileURLWithPath: folder, isDirectory: true)
    }

    /// The store at its usual place. `XDG_STATE_HOME` counts only as an absolute path, as the
    /// base directory specification says.
    package init(environment: [String: String]) {
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        self.init(folder: "\(state ?? "\(home)/.local/state")/parley")
    }

    /// What is kept for a site; nothing kept is ``Credentials/anonymous``.
    ///
    /// Throws ``ClientError/invalid(messages:)`` when the file is there and cannot be read.
    package func credentials(for site: SiteAddress) throws(ClientError) -> Credentials {
        let path = file(of: site).path
        guard FileManager.default.fileExists(atPath: path) else { return .anonymous }
        guard let data = FileManager.default.contents(atPath: path),
            data.count <= Limits.credentialBytes
        else { throw unusable(path) }
        do {
            let kept = try decodeReply(Kept.self, from: [UInt8](data))
            guard let credentials = kept.credentials else { throw unusable(path) }
            return credentials
        } catch let error as ClientError {
            throw error
        } catch {
            throw unusable(path)
        }
    }

    /// Keeps credentials for a site; ``Credentials/anonymous`` forgets what was kept.
    package func keep(_ credentials: Credentials, for site: SiteAddress) throws(ClientError) {
        let target = file(of: site)
        do {
            guard let kept = Kept(credentials) else {
                if FileManager.default.fileExists(atPath: target.path) {
                    try FileManager.default.removeItem(at: target)
                }
                return
            }
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            // Written beside and renamed, so that no moment shows half a file or a readable one.
            let fresh = folder.appendingPathComponent(".\(UUID().uuidString)")
            let written = FileManager.default.createFile(
                atPath: fresh.path,
                contents: Data(try encodeJSON(kept)),
                attributes: [.posixPermissions: 0o600]
            )
            guard written, rename(fresh.path, target.path) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        } catch {
            throw .invalid(messages: [
                "The login could not be kept in \(folder.path): \(error.localizedDescription)"
            ])
        }
    }

    private func unusable(_ path: String) -> ClientError {
        .invalid(messages: ["\(path) cannot be read. Delete it and log in again."])
    }

    private func file(of site: SiteAddress) -> URL {
        // The scheme is part of it: what was given to https must never go to http.
        let name = percentEncoded("\(site.scheme)_\(site.host)_\(site.port ?? 0)\(site.folder)")
        return folder.appendingPathComponent("\(name).json")
    }

    /// The form in the file.
    private struct Kept: Codable {
        var kind: String
        var username: String?
        var key: String?
        var clientID: String?
        var cookies: [String: String]?

        init?(_ credentials: Credentials) {
            switch credentials {
            case .anonymous: return nil
            case .session(let username, let cookies):
                self.kind = "session"
                self.username = username
                self.cookies = cookies.mapValues(\.value)
            case .apiKey(let key, let username):
                self.kind = "api_key"
                self.username = username
                self.key = key.value
            case .userAPIKey(let key, let clientID):
                self.kind = "user_api_key"
                self.key = key.value
                self.clientID = clientID
            }
        }

        var credentials: Credentials? {
            switch kind {
            case "session":
                .session(username: username ?? "", cookies: (cookies ?? [:]).mapValues(Secret.init))
            case "api_key": key.map { .apiKey(Secret($0), username: username) }
            case "user_api_key": key.map { .userAPIKey(Secret($0), clientID: clientID) }
            default: nil
            }
        }

        private enum CodingKeys: String, CodingKey {
            case kind
            case username
            case key
            case clientID = "client_id"
            case cookies
        }
    }
}
