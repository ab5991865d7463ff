import ArgumentParser
import ForumClient
import TerminalUI

/// Says what works here and what does not.
struct Doctor: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Check the terminal, the files of this program, and a site.",
        discussion: "Exits with 1 when something is a problem; notes are none."
    )

    @Argument(help: "The address of the site; by default the one that was used last.")
    var url: String?

    @Option(help: "The same, as the other commands have it.")
    var site: String?

    @Flag(help: "Print JSON.")
    var json = false

    func perform() async throws(Failure) {
        var findings = TerminalChecks.findings()
        let named = url ?? site
        if named != nil || Visit.usual != nil {
            findings += await SiteChecks.findings(try Visit.address(named: named))
        } else {
            findings.append(
                .warning("Site", "none was used yet", "Name one: parley doctor forum.example")
            )
        }
        if json {
            Talk.print(json: findings)
        } else {
            Talk.print(lines: findings.flatMap(\.lines))
        }
        if findings.contains(where: { $0.state == .bad }) {
            Parley.leave(ExitStatus.usage)
        }
    }
}
