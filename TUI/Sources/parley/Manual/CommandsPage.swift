import ArgumentParser
import Foundation

/// parley(1), from the definitions of the commands.
enum CommandsPage {
    static func text() -> String {
        do {
            let help = Data(Parley._dumpHelp().utf8)
            let root = try JSONDecoder().decode(ToolDescription.self, from: help).command
            let commands = (root.subcommands ?? []).filter {
                $0.shouldDisplay && $0.commandName != "help"
            }
            return """
                .Sh SYNOPSIS
                .Nm
                .Op Ar url
                .Nm
                .Ar command
                .Op Ar options
                .Sh DESCRIPTION
                .Nm
                shows a site on the whole screen; its commands do one thing each, for scripts and pipes.
                .Pp
                \(Roff.paragraphs(root.discussion ?? ""))
                .Sh COMMANDS
                .Bl -tag -width Ds
                \(commands.map(\.item).joined(separator: "\n"))
                .El
                """
        } catch {
            // The library's own description of the commands has another form than it had.
            return ".Sh COMMANDS\n\(Roff.paragraphs(Parley.helpMessage()))"
        }
    }
}

extension CommandDescription {
    fileprivate var item: String {
        let shown = (arguments ?? []).filter { $0.shouldDisplay && !$0.isCommon }
        let head = (["Ic \(commandName)"] + shown.map(\.synopsis)).joined(separator: " ")
        var lines = [".It \(head)"] + Roff.sentences(abstract ?? "")
        if let discussion, !discussion.isEmpty {
            lines += [".Pp", Roff.paragraphs(discussion)]
        }
        if !shown.isEmpty {
            lines += [".Bl -tag -width Ds"] + shown.map(\.item) + [".El"]
        }
        return lines.joined(separator: "\n")
    }
}

extension ArgumentDescription {
    /// What every command has.
    fileprivate var isCommon: Bool {
        names?.contains { $0.name == "help" || $0.name == "version" } ?? false
    }

    private var value: String { "Ar \(valueName ?? "value")" + (isRepeating ? " ..." : "") }

    /// The names as they are typed, without the first hyphen, which the macro writes.
    private var flags: [String] {
        (names ?? []).map { "Fl " + ($0.kind == .long ? "-\($0.name)" : $0.name) }
    }

    fileprivate var synopsis: String {
        let flag = flags.first ?? ""
        let text =
            switch kind {
            case .flag: flag
            case .option: "\(flag) \(value)"
            case .positional: value
            }
        return isOptional ? "Oo \(text) Oc" : text
    }

    fileprivate var item: String {
        let names = flags.joined(separator: " , ")
        let head =
            switch kind {
            case .flag: names
            case .option: "\(names) \(value)"
            case .positional: value
            }
        var lines = [".It \(head)"] + Roff.sentences(abstract ?? "")
        if let discussion { lines += Roff.sentences(discussion) }
        if let defaultValue { lines.append("By default \(Roff.line(defaultValue)).") }
        return lines.joined(separator: "\n")
    }
}
