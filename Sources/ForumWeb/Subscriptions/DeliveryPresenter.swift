import Forum
import ForumAPI

extension DeliveryWord {
    var delivery: Delivery {
        switch self {
        case .each: .each
        case .daily: .daily
        case .weekly: .weekly
        case .web: .web
        }
    }

    /// `nil` for a mail for each post, as in Discourse.
    init?(_ delivery: Delivery) {
        switch delivery {
        case .each: return nil
        case .daily: self = .daily
        case .weekly: self = .weekly
        case .web: self = .web
        }
    }

    /// `nil` when there are none.
    static func words(_ deliveries: [(String, Delivery)]) -> [String: DeliveryWord]? {
        let words = deliveries.compactMap { key, delivery in
            DeliveryWord(delivery).map { (key, $0) }
        }
        return words.isEmpty ? nil : Dictionary(words) { first, _ in first }
    }
}

extension NotificationScheduleBody {
    init(_ schedule: NotificationSchedule) {
        self.init()
        enabled = schedule.isEnabled
        (day0Start, day0End) = (schedule.starts[0], schedule.ends[0])
        (day1Start, day1End) = (schedule.starts[1], schedule.ends[1])
        (day2Start, day2End) = (schedule.starts[2], schedule.ends[2])
        (day3Start, day3End) = (schedule.starts[3], schedule.ends[3])
        (day4Start, day4End) = (schedule.starts[4], schedule.ends[4])
        (day5Start, day5End) = (schedule.starts[5], schedule.ends[5])
        (day6Start, day6End) = (schedule.starts[6], schedule.ends[6])
    }

    var schedule: NotificationSchedule {
        NotificationSchedule(
            isEnabled: enabled,
            starts: [
                day0Start, day1Start, day2Start, day3Start, day4Start, day5Start, day6Start,
            ],
            ends: [day0End, day1End, day2End, day3End, day4End, day5End, day6End]
        )
    }
}
