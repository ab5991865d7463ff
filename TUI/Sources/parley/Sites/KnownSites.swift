import ForumClient
import Foundation

/// Where this program keeps what it remembers.
enum StateFolder {
    /// `$XDG_STATE_HOME/parley`, by default `~/.local/state/parley`.
    static var url: URL {
        let environment = ProcessInfo.processInfo.environment
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let base = state ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.local/state"
        return URL(fileURLWithPath: base, isDirectory: true).appending(path: "parley")
    }

    /// The account that is used where somebody has several on one site: `PARLEY_ACCOUNT`.
    static var account: String? {
        let name = ProcessInfo.processInfo.environment["PARLEY_ACCOUNT"] ?? ""
        let safe = name.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
        }
        return safe.isEmpty ? nil : safe
    }

    /// What belongs to one account: the state folder itself, or one below it.
    static var credentials: URL {
        account.map { url.appending(path: "accounts").appending(path: $0) } ?? url
    }

    /// The folder of one site's drafts.
    static func drafts(of site: SiteAddress) -> URL { folder("drafts", of: site) }

    /// The folder of one site's posts that wait for the network.
    static func queue(of site: SiteAddress) -> URL { folder("queue", of: site) }

    private static func folder(_ name: String, of site: SiteAddress) -> URL {
        credentials.appending(path: name).appending(path: fileName(for: site.text))
    }

    /// Where what was read is kept: under `$XDG_CACHE_HOME`, by default `~/.cache`.
    static var cacheURL: URL {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let base = cache ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.cache"
        return URL(fileURLWithPath: base, isDirectory: true).appending(path: "parley")
    }

    /// The file of what one person has read of a site. Guests have one too; what one person may see is
    /// never another's.
    static func cache(of site: SiteAddress, account: String?) -> URL {
        let who = account.map { "-\(fileName(for: $0))" } ?? ""
        return cacheURL.appending(path: "\(fileName(for: site.text))\(who).sqlite")
    }

    private static func fileName(for text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}

/// The sites that were visited, the last one first.
struct KnownSites {
    /// Sites that are remembered.
    private static let most = 50

    private static var file: URL { StateFolder.url.appending(path: "sites.json") }

    /// The addresses; none when nothing can be read.
    static func all() -> [String] {
        guard let data = FileManager.default.contents(atPath: file.path) else { return [] }
        do {
            return try JSONDecoder().decode([String].self, from: data)
        } catch {
            // A convenience only: what is unreadable is written anew at the next visit.
            return []
        }
    }

    /// Puts a site first. That it cannot be remembered is no reason not to go there.
    static func remember(_ site: SiteAddress) {
        var sites = all()
        guard sites.first != site.text else { return }
        sites.removeAll { $0 == site.text }
        sites.insert(site.text, at: 0)
        do {
            let data = try JSONEncoder().encode(Array(sites.prefix(most)))
            try PrivateFile.write(data, to: file)
        } catch {
            Talk.say("The site could not be remembered: \(error)")
        }
    }
}
