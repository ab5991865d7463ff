import ForumAPI

/// What a site tells of itself to somebody who only wants to know whether it is well.
package struct SiteProbe: Sendable, Equatable {
    package var title: String
    package var loginRequired: Bool
    /// From the request to the whole reply.
    package var milliseconds: Int
    /// The site's clock as its `Date` header has it (RFC 9110 §6.6.1), in seconds since 1970.
    package var clock: Int64?
    /// Whether `GET /changes` is there, from which archives and offline copies are kept fresh.
    package var hasChanges: Bool
    /// The version of the user API keys' protocol, nil where the site gives no keys to its users.
    package var userAPIKeyVersion: String?
    /// Whether a terminal can log in by a code that is typed in a browser.
    package var hasDeviceFlow: Bool
}

extension SiteClient {
    /// Asks what the site is and what it can do.
    package func probe() async throws(ClientError) -> SiteProbe {
        let begin = ContinuousClock.now
        let reply = try await exchange(
            RequestDraft(method: .get, target: "/site/basic-info.json")
        )
        if let error = reply.error { throw error }
        let spent = ContinuousClock.now - begin
        let basic: BasicInfoBody
        do {
            basic = try decodeReply(BasicInfoBody.self, from: reply.body)
        } catch {
            throw .protocolError(reason: error.description)
        }
        let changes = try await exchange(
            RequestDraft(method: .get, target: "/changes.json?since=now&limit=1")
        )
        let keys = try await exchange(RequestDraft(method: .get, target: "/user-api-key/new"))
        let device = try await exchange(
            RequestDraft(method: .get, target: "/user-api-key/activate")
        )
        return SiteProbe(
            title: basic.title,
            loginRequired: basic.loginRequired,
            milliseconds: Int(spent.components.seconds) * 1000
                + Int(spent.components.attoseconds / 1_000_000_000_000_000),
            clock: reply.date.flatMap { HTTPDate.seconds($0) },
            hasChanges: changes.error == nil,
            userAPIKeyVersion: keys.authAPIVersion,
            hasDeviceFlow: device.status < 400
        )
    }
}

/// Dates of HTTP (RFC 9110 §5.6.7), in the one form that servers may send: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds since 1970; nil for anything else.
    static func seconds(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]),
            let month = months.firstIndex(of: String(words[2])), let year = Int64(words[3]),
            1970...9999 ~= year, 1...31 ~= day
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3, 0..<24 ~= time[0], 0..<60 ~= time[1], 0...60 ~= time[2] else {
            return nil
        }
        return days(year: year, month: Int64(month) + 1, day: day) * 86_400
            + time[0] * 3600 + time[1] * 60 + time[2]
    }

    /// Days since 1970 in the Gregorian calendar, whose year is counted from March on here: the day
    /// that leap years add is then its last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
