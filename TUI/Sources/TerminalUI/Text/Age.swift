/// Short words for how long ago something was.
package enum Age {
    /// `now`, `5m`, `3h`, `2d`, `4mo`, `3y`.
    package static func short(since then: Int64, now: Int64) -> String {
        let seconds = max(0, now - then)
        switch seconds {
        case ..<60: return "now"
        case ..<3600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3600)h"
        case ..<2_592_000: return "\(seconds / 86_400)d"
        case ..<31_536_000: return "\(seconds / 2_592_000)mo"
        default: return "\(seconds / 31_536_000)y"
        }
    }

    /// `3 hours ago`, for output that is read aloud or kept.
    package static func long(since then: Int64, now: Int64) -> String {
        let seconds = max(0, now - then)
        let units: [(Int64, String)] = [
            (31_536_000, "year"), (2_592_000, "month"), (86_400, "day"), (3600, "hour"),
            (60, "minute"),
        ]
        for (length, name) in units where seconds >= length {
            let count = seconds / length
            return count == 1 ? "1 \(name) ago" : "\(count) \(name)s ago"
        }
        return "just now"
    }
}
