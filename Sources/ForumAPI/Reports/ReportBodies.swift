/// How much of something there was on each day.
extension API {
    package enum Reports {
        package static let list = Endpoint<NoBody, ReportListReply>(.get, "/admin/reports")
        package static let show = Endpoint<ReportRequest, ReportReply>(
            .get,
            "/admin/reports/{type}"
        )

        static let signatures = [list.signature, show.signature]
    }
}

package struct ReportRequest: Codable, Sendable, Equatable {
    /// Days such as `2026-01-02`, or times.
    package var startDate: String?
    package var endDate: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case startDate = "start_date"
        case endDate = "end_date"
    }
}

package struct ReportListReply: Codable, Sendable, Equatable {
    package struct Entry: Codable, Sendable, Equatable {
        package var type: String
        package var title: String

        package init(type: String, title: String) {
            self.type = type
            self.title = title
        }
    }

    package var reports: [Entry]

    package init(reports: [Entry]) { self.reports = reports }
}

package struct ReportReply: Codable, Sendable, Equatable {
    package var report: ReportBody

    package init(report: ReportBody) { self.report = report }
}

package struct ReportBody: Codable, Sendable, Equatable {
    package struct Point: Codable, Sendable, Equatable {
        /// The day.
        package var x: String
        package var y: Int

        package init(x: String, y: Int) {
            self.x = x
            self.y = y
        }
    }

    package var type: String
    package var title: String
    package var xaxis: String = "Day"
    package var yaxis: String
    package var data: [Point]
    package var startDate: String
    package var endDate: String
    package var total: Int
    package var prevPeriod: Int
    package var higherIsBetter: Bool = true
    package var modes: [String] = ["chart"]

    package init(
        type: String,
        title: String,
        data: [Point],
        startDate: String,
        endDate: String,
        total: Int,
        prevPeriod: Int
    ) {
        self.type = type
        self.title = title
        yaxis = title
        self.data = data
        self.startDate = startDate
        self.endDate = endDate
        self.total = total
        self.prevPeriod = prevPeriod
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case title
        case xaxis
        case yaxis
        case data
        case startDate = "start_date"
        case endDate = "end_date"
        case total
        case prevPeriod = "prev_period"
        case higherIsBetter = "higher_is_better"
        case modes
    }
}
