import ArgumentParser
import Foundation
import TerminalUI

/// The command line of the client.
struct Parley: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parley",
        abstract: "Read and write in a Parley or Discourse forum from the terminal.",
        usage: """
            parley [URL]
            parley <subcommand> [options]
            """,
        discussion: """
            parley URL opens the site; q leaves it, ? shows all keys.

            Exit status:
              0 done                 4 not logged in, or not allowed
              1 wrong usage          5 not found
              2 unread topics exist  6 too many requests
              3 network trouble      7 the site failed
            """,
        version: Version.number,
        subcommands: [
            Open.self, LogIn.self, LogOut.self, WhoAmI.self, Sites.self, Topics.self,
            Messages.self, Read.self, Search.self, Unread.self, Notifications.self, Watch.self,
            Export.self, NewTopic.self, Reply.self, PostCommand.self, UploadCommand.self,
            Like.self, BookmarkCommand.self, FlagCommand.self, Level.self, Mute.self,
            MarkRead.self, Drafts.self, Queue.self, Users.self, Mod.self, Config.self,
            Sync.self, Doctor.self, Manual.self,
        ],
        defaultSubcommand: Open.self
    )

    /// Ends the program.
    static func leave(_ status: Int32) -> Never {
        Foundation.exit(status)
    }
}

/// The entry. It is synchronous: the thread that starts owns the screen and never suspends.
@main
enum Main {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parse(Array(CommandLine.arguments.dropFirst()))
            if let verb = command as? any Verb {
                run(verb)
            }
            try command.run()
        } catch {
            fail(error)
        }
    }

    /// The command that was typed. An address is opened without a look at the other commands: to build the
    /// tree of all takes longer than to draw the first picture.
    private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        if let first = arguments.first, !first.hasPrefix("-"),
            first.contains(where: { $0 == "." || $0 == ":" })
        {
            return try Open.parse(arguments)
        }
        return try Parley.parseAsRoot(arguments)
    }

    /// Runs a verb on other threads while this one sleeps.
    private static func run(_ verb: any Verb) -> Never {
        Task {
            do throws(Failure) {
                try await verb.perform()
                Parley.leave(ExitStatus.success)
            } catch {
                Talk.say(error.message)
                Parley.leave(ExitStatus.of(error))
            }
        }
        while true {
            pause()
        }
    }

    /// Help goes to standard output, mistakes to standard error with status 1.
    private static func fail(_ error: any Error) -> Never {
        if let code = error as? ExitCode {
            Parley.leave(code.rawValue)
        }
        let text = Parley.fullMessage(for: error)
        if Parley.exitCode(for: error) == .success {
            Talk.print(
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(
                    String.init
                )
            )
            Parley.leave(ExitStatus.success)
        }
        Talk.say(text)
        Parley.leave(ExitStatus.usage)
    }
}
