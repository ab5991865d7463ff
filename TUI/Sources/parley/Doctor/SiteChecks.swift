import ForumClient
import TerminalUI

/// What a site is able to, and how far it is away.
enum SiteChecks {
    /// Seconds that two clocks may differ before ages look wrong.
    private static let tolerableSkew: Int64 = 60
    /// Milliseconds of an answer above which a site feels slow.
    private static let slow = 1000

    static func findings(_ address: SiteAddress) async -> [Finding] {
        do throws(Failure) {
            let site = try Visit.site(address)
            do throws(Failure) {
                let found = try await findings(site, address)
                await site.close()
                return found
            } catch {
                await site.close()
                throw error
            }
        } catch {
            return [.bad("Site", address.text, error.message)]
        }
    }

    private static func findings(
        _ site: ForumSite,
        _ address: SiteAddress
    ) async throws(Failure) -> [Finding] {
        let probe = try await site.ask { () async throws(ClientError) in
            try await site.client.probe()
        }
        var found = [reach(probe, address)]
        found += probe.clock.map { [clock(Loop.now() - $0)] } ?? []
        found.append(
            probe.hasChanges
                ? .good("Offline copies", "the site has a feed of changes: parley sync is quick")
                : .good("Offline copies", "no feed of changes: parley sync goes topic by topic")
        )
        found.append(logIn(probe))
        found.append(try await account(site, address))
        return found
    }

    private static func reach(_ probe: SiteProbe, _ address: SiteAddress) -> Finding {
        let text = "\(probe.title) at \(address.text), \(probe.milliseconds) ms"
        guard probe.milliseconds < slow else {
            return .warning(
                "Site",
                text,
                "That is slow; what is kept on this machine shows at once."
            )
        }
        return .good("Site", text)
    }

    private static func clock(_ ahead: Int64) -> Finding {
        guard abs(ahead) > tolerableSkew else { return .good("Clock", "as the site's") }
        return .warning(
            "Clock",
            "\(abs(ahead)) s \(ahead > 0 ? "ahead of" : "behind") the site's",
            "Ages of posts and codes of a second factor will be wrong; set the clock, for example by NTP."
        )
    }

    private static func logIn(_ probe: SiteProbe) -> Finding {
        if probe.hasDeviceFlow {
            return .good("Logging in", "by a code in the browser, an API key, or a password")
        }
        guard let version = probe.userAPIKeyVersion else {
            return .good("Logging in", "by password; the site gives no keys to its users")
        }
        return .good("Logging in", "by a user API key (protocol \(version)) or a password")
    }

    private static func account(
        _ site: ForumSite,
        _ address: SiteAddress
    ) async throws(Failure) -> Finding {
        guard site.isMember else {
            return .good("Account", "not logged in: parley login \(address.text)")
        }
        do throws(Failure) {
            let info = try await site.info()
            return .good("Account", "logged in as \(info.username ?? "nobody")")
        } catch {
            guard error.kind == .auth || error.kind == .forbidden else { throw error }
            return .bad("Account", "the login has ended", "Run: parley login \(address.text)")
        }
    }
}
