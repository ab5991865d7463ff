package import Forum
import MailMessage
package import Postgres

/// Where the import stands, for whoever shows it.
package struct ImportProgress: Sendable {
    package var file: String
    /// Of the file as it is on the disk; 0 when that says nothing.
    package var bytesRead = 0
    package var bytesTotal = 0
    /// Mails of all files so far.
    package var mails = 0

    package init(file: String) {
        self.file = file
    }
}

/// What an import did, or would do.
package struct ImportSummary: Sendable {
    /// One mail that is not a post now, and why.
    package struct Refusal: Sendable {
        package let file: String
        /// Its place in the file, from 1.
        package let number: Int
        package let reason: String
    }

    /// What it all is in; `nil` when there was nothing new.
    package var importID: ImportID?
    package var mails = 0
    package var posts = 0
    /// Were in the forum before.
    package var known = 0
    package var topics: Set<TopicID> = []
    package var refusals: [Refusal] = []
    /// Taken in although something about them is damaged.
    package var damaged = 0
    /// Files that ended before their time.
    package var damagedFiles: [String] = []
    /// How many of the mails are of each mailing list, by its List-Id; empty for those without.
    package var lists: [String: Int] = [:]
    package var authors: Set<String> = []
    /// The dates of the oldest and the newest mail.
    package var period: ClosedRange<Timestamp>?

    mutating func note(_ letter: ArchivedMail) {
        if letter.isDamaged { damaged += 1 }
        lists[letter.listID ?? "", default: 0] += 1
        authors.insert(letter.author.normalized)
        let date = letter.date
        period = period.map { min($0.lowerBound, date)...max($0.upperBound, date) } ?? date...date
    }
}
