import Foundation
import Logging

/// How many files and connections this process may hold open: every listener is one.
enum OpenFiles {
    /// As many listeners as the web door takes, and room for the database and files.
    private static let wanted: rlim_t = 16_384

    /// Raises the limit as far as the system lets it, and says what it is.
    static func raiseLimit(logger: Logger) {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        if limit.rlim_cur < wanted {
            let before = limit.rlim_cur
            limit.rlim_cur = min(wanted, limit.rlim_max)
            guard setrlimit(resource, &limit) == 0 else { return }
            logger.notice(
                "more files may be open at once",
                metadata: ["before": "\(before)", "now": "\(limit.rlim_cur)"]
            )
        }
        guard limit.rlim_cur < wanted else { return }
        logger.warning(
            "few files may be open at once, and so few can listen",
            metadata: ["limit": "\(limit.rlim_cur)", "wanted": "\(wanted)"]
        )
    }
}
