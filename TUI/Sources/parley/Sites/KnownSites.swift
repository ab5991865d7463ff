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

    /// The folder of one site's drafts.
    static func drafts(of site: SiteAddress) -> URL {
        url.appending(path: "drafts").appending(path: fileName(for: site.text))
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
