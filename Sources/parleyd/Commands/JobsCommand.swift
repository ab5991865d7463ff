import ArgumentParser
import Forum
import ForumWeb
import Foundation
import Postgres

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "See what is queued or has failed, and try again or let go.",
        discussion: """
            Jobs are what is done at times or put off; events are what happened and is still to be \
            told. What failed too often is dead: nothing happens with it until it is retried or \
            discarded.
            """,
        subcommands: [List.self, Show.self, Retry.self, Discard.self],
        defaultSubcommand: List.self
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What is queued, dead letters first."
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "Only these: waiting, running, failing, dead.")
        var state: JobState?
        @Option(help: "Only of this kind, such as topic_timer or post_created.")
        var kind: String?
        @Option(help: "How many at most, up to 200.")
        var limit = 50
        @Option(help: "How many to leave out.")
        var offset = 0
        @Flag(help: "One JSON object, as GET /admin/jobs.json answers.")
        var json = false

        func run() async throws {
            try await withCommunity(database) { community, _ in
                var filter = JobFilter(state: state, kind: kind)
                filter.limit = limit
                filter.offset = offset
                let page = try await community.jobs(filter, by: .system)
                if json { return print(try JobPresenter.json(page)) }
                guard !page.jobs.isEmpty else {
                    let isFiltered = state != nil || kind != nil || offset > 0
                    print(isFiltered ? "No such jobs." : "Nothing is queued.")
                    return
                }
                for job in page.jobs { print(JobText.line(job)) }
                if page.hasMore { print("More with --offset \(offset + page.jobs.count).") }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Everything about one job.")

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Such as job-12 or event-7.")
        var id: JobID
        @Flag(help: "One JSON object.")
        var json = false

        func run() async throws {
            try await withCommunity(database) { community, _ in
                let job = try await community.job(id, by: .system)
                if json { return print(try JobPresenter.json(job)) }
                print(JobText.details(job))
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try at once, as often as if it had never failed."
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Such as job-12 or event-7.")
        var ids: [JobID]

        func run() async throws {
            try await withCommunity(database) { community, _ in
                for id in ids {
                    try await community.retryJob(id, by: .system)
                    print("\(id) will be tried again now.")
                }
            }
        }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove what is to be done no more. What it was to do never happens."
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Such as job-12 or event-7.")
        var ids: [JobID]

        func run() async throws {
            try await withCommunity(database) { community, _ in
                for id in ids {
                    try await community.discardJob(id, by: .system)
                    print("\(id) is discarded.")
                }
            }
        }
    }
}

extension JobID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension JobState: ExpressibleByArgument {}

/// Jobs as people read them.
private enum JobText {
    static func line(_ job: Job) -> String {
        var line = pad("\(job.id)", 12) + pad(job.state.rawValue, 9) + pad(job.kind, 26)
        line += job.runAt.map { $0.iso8601 } ?? "not by itself"
        if job.attempts > 0, job.state != .running { line += "  failed \(job.attempts)×" }
        if let error = job.lastError { line += ": \(firstLine(error).prefix(80))" }
        return line
    }

    static func details(_ job: Job) -> String {
        var lines = [
            "id        \(job.id)", "kind      \(job.kind)", "state     \(job.state.rawValue)",
            "attempts  \(job.attempts)", "created   \(job.createdAt.iso8601)",
            "next      \(job.runAt?.iso8601 ?? "not by itself")",
        ]
        if let seconds = job.periodSeconds { lines.append("every     \(seconds) s") }
        if let time = job.lastFinishedAt { lines.append("last done \(time.iso8601)") }
        lines.append("about     \(job.payload)")
        if let error = job.lastError { lines.append("error     \(error)") }
        return lines.joined(separator: "\n")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text.padding(toLength: max(width, text.count + 1), withPad: " ", startingAt: 0)
    }

    private static func firstLine(_ text: String) -> Substring {
        text.prefix { !$0.isNewline }
    }
}
