import Foundation

/// The folder `new` of a Maildir. What is taken goes to `cur`, marked as seen.
package final class MaildirStore: MailStore {
    private let path: String
    private let limits: StoreLimits

    package init(path: String, limits: StoreLimits = StoreLimits()) throws(MailStoreError) {
        self.path = path
        self.limits = limits
        for folder in ["new", "cur"] where access("\(path)/\(folder)", W_OK | X_OK) != 0 {
            throw MailStoreError(
                .file,
                "\(path)/\(folder) is no folder that mail can be taken from: "
                    + String(cString: strerror(errno))
            )
        }
    }

    package func list() async throws(MailStoreError) -> [StoredMail] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/new")
        } catch {
            throw MailStoreError(.file, "\(path)/new cannot be read: \(error)")
        }
        // Names begin with the time of delivery.
        let waiting = names.filter { !$0.hasPrefix(".") && $0.utf8.count <= 255 }.sorted()
        return waiting.prefix(limits.listedMails).enumerated().compactMap { number, name in
            var status = stat()
            guard lstat("\(path)/new/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG
            else { return nil }
            return StoredMail(uid: name, size: Int(status.st_size), number: number)
        }
    }

    package func fetch(_ mail: StoredMail) async throws(MailStoreError) -> [UInt8] {
        let descriptor = open("\(path)/new/\(mail.uid)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MailStoreError(
                .file,
                "\(mail.uid) cannot be read: \(String(cString: strerror(errno)))"
            )
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let data: Data
        do {
            data = try file.read(upToCount: limits.messageBytes + 1) ?? Data()
        } catch {
            throw MailStoreError(.file, "\(mail.uid) cannot be read: \(error)")
        }
        guard data.count <= limits.messageBytes else {
            throw MailStoreError(
                .tooLarge,
                "the mail is larger than \(limits.messageBytes) octets"
            )
        }
        return [UInt8](data)
    }

    package func settle(_ mail: StoredMail) async throws(MailStoreError) {
        // What stands behind a colon are flags, which a file in `new` has none of.
        let base = mail.uid.prefix { $0 != ":" }
        guard rename("\(path)/new/\(mail.uid)", "\(path)/cur/\(base):2,S") == 0 || errno == ENOENT
        else {
            throw MailStoreError(
                .file,
                "\(mail.uid) cannot be moved to cur: \(String(cString: strerror(errno)))"
            )
        }
    }

    package func close() async throws(MailStoreError) {}

    package func abandon() async {}
}
