import ArgumentParser
import ForumWeb

extension ProcessConfiguration {
    /// What the server does for all requests alike.
    ///
    /// - Throws: a sentence that says what is expected.
    var webManners: WebManners {
        get throws {
            guard let proxies = TrustedProxies(parsing: trustedProxies ?? "") else {
                throw ValidationError(
                    """
                    PARLEY_TRUSTED_PROXIES is a list of addresses and networks, such as \
                    127.0.0.1, 10.0.0.0/8; got “\(trustedProxies ?? "")”.
                    """
                )
            }
            let names = (hosts ?? "").split { $0 == "," || $0.isWhitespace }
            return WebManners(proxies: proxies, hosts: Set(names.map { $0.lowercased() }))
        }
    }
}
