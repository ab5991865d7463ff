import ForumClient
import Foundation
import TerminalUI

/// What the member has written into `$XDG_CONFIG_HOME/parley/config`. There is no need for the
/// file: everything has a default, and the program never writes it.
///
///     mouse = on
///     [site https://forum.example]
///     credential_command = pass show forum
///     [keys topic]
///     Space = page-forward
struct Configuration: Sendable {
    /// Whether colours are used.
    enum Colour: String, Sendable, CaseIterable {
        /// As the terminal says, and not with `NO_COLOR`.
        case auto
        case always
        case never
    }

    var usesMouse = false
    var ringsBell = false
    var setsTitle = false
    var cursorOnSelection = false
    var isPlain = false
    var showsPanes = true
    var prefetches = true
    /// Seconds in which a post can be taken back.
    var sendDelay = 10
    var browserCommand: String?
    var imageViewer: String?
    var colour = Colour.auto
    /// The site that is opened without a name.
    var site: String?
    /// Commands that print a user API key, by the address of the site.
    private(set) var commands: [String: String] = [:]
    /// Settings of the file by their names, as they are written there.
    private(set) var written: [String: String] = [:]
    private(set) var remappings: [Keymap.Remapping] = []
    /// What is wrong with the file, each with its line.
    private(set) var problems: [String] = []

    /// A setting, for manuals.
    struct Definition: Sendable {
        let name: String
        let standard: String
        let description: String
    }

    /// All settings outside of sections, in the order of the manual.
    static let definitions = [
        Definition(
            name: "site",
            standard: "",
            description: "The site that is opened without a name."
        ),
        Definition(
            name: "color",
            standard: "auto",
            description: "auto, always or never; NO_COLOR and TERM=dumb mean never."
        ),
        Definition(
            name: "mouse",
            standard: "off",
            description:
                "The wheel scrolls and a click selects; off leaves the mouse to the terminal."
        ),
        Definition(
            name: "bell",
            standard: "off",
            description: "The bell rings when a notification comes."
        ),
        Definition(
            name: "title",
            standard: "off",
            description: "The window of the terminal gets the title of the site."
        ),
        Definition(
            name: "cursor_on_selection",
            standard: "off",
            description: "The cursor stands on the selected line, for braille displays."
        ),
        Definition(
            name: "panes",
            standard: "on",
            description:
                "A terminal of 120 columns shows a topic beside its list, one of 180 also what belongs to it."
        ),
        Definition(
            name: "prefetch",
            standard: "on",
            description:
                "The next unread topics are fetched while you read one, so that they open at once."
        ),
        Definition(
            name: "send_delay",
            standard: "10",
            description:
                "Seconds in which a post that you sent can be taken back with z; 0 sends at once."
        ),
        Definition(
            name: "browser_command",
            standard: "",
            description:
                "The program that opens links, before BROWSER; it is given the address."
        ),
        Definition(
            name: "image_viewer",
            standard: "",
            description:
                "The program that shows pictures, such as chafa or feh; it is given a file. Before it, PARLEY_IMAGE_VIEWER counts; without both, a browser opens the address."
        ),
        Definition(
            name: "plain",
            standard: "off",
            description:
                "Labelled lines and numbered questions instead of a full screen, for screen readers."
        ),
    ]

    static let current = load()

    static var file: URL {
        let environment = ProcessInfo.processInfo.environment
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let base = folder ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.config"
        return URL(fileURLWithPath: base, isDirectory: true).appending(path: "parley/config")
    }

    /// The most seconds that a post waits before it goes out.
    private static let longestDelay = 600
    /// Bytes of the file that are read.
    private static let largestFile = 1_000_000

    private static func load() -> Configuration {
        guard let data = FileManager.default.contents(atPath: file.path),
            data.count <= largestFile
        else { return Configuration() }
        return Configuration(String(decoding: data, as: UTF8.self))
    }

    init() {}

    init(_ text: String) {
        var section = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast()).trimmingCharacters(in: .whitespaces)
                continue
            }
            // A key may be `=` itself: the last one that is followed by something divides.
            guard let equals = line.dropFirst().firstIndex(of: "=") else {
                problems.append("line \(index + 1): a setting is written name = value")
                continue
            }
            let name = line[..<equals].trimmingCharacters(in: .whitespaces)
            let value = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            if let problem = take(name, value, in: section) {
                problems.append("line \(index + 1): \(problem)")
            }
        }
    }

    /// Takes one setting in; what is wrong with it, nil when all is well.
    private mutating func take(_ name: String, _ value: String, in section: String) -> String? {
        let words = section.split(separator: " ", maxSplits: 1).map(String.init)
        switch words.first {
        case nil:
            let problem = take(name, value)
            if problem == nil { written[name] = value }
            return problem
        case "keys":
            let context = words.count > 1 ? words[1] : ""
            remappings.append(Keymap.Remapping(context: context, keys: name, action: value))
            return nil
        case "site":
            guard name == "credential_command", words.count > 1 else {
                return "a site has the setting credential_command"
            }
            do {
                commands[try SiteAddress(words[1]).text] = value
                return nil
            } catch {
                return error.description
            }
        default: return "there is no section [\(section)]; there are [keys …] and [site …]"
        }
    }

    private mutating func take(_ name: String, _ value: String) -> String? {
        switch name {
        case "site": site = value
        case "color":
            guard let choice = Colour(rawValue: value) else {
                return "color is auto, always or never"
            }
            colour = choice
        case "mouse": return Configuration.set(&usesMouse, value)
        case "bell": return Configuration.set(&ringsBell, value)
        case "title": return Configuration.set(&setsTitle, value)
        case "cursor_on_selection": return Configuration.set(&cursorOnSelection, value)
        case "plain": return Configuration.set(&isPlain, value)
        case "panes": return Configuration.set(&showsPanes, value)
        case "prefetch": return Configuration.set(&prefetches, value)
        case "send_delay":
            guard let seconds = Int(value), 0...Configuration.longestDelay ~= seconds else {
                return "send_delay is a number of seconds up to \(Configuration.longestDelay)"
            }
            sendDelay = seconds
        case "browser_command": browserCommand = value.isEmpty ? nil : value
        case "image_viewer": imageViewer = value.isEmpty ? nil : value
        default: return "there is no setting “\(name)”"
        }
        return nil
    }

    private static func set(_ flag: inout Bool, _ value: String) -> String? {
        switch value.lowercased() {
        case "on", "yes", "true", "1": flag = true
        case "off", "no", "false", "0": flag = false
        default: return "“\(value)” is neither on nor off"
        }
        return nil
    }

    /// The command that prints the key of a site.
    func command(for site: SiteAddress) -> String? { commands[site.text] }

    /// The keys of this member, and what could not be understood about them.
    func keymap() -> (keymap: Keymap, problems: [String]) {
        var keymap = Keymap.standard
        let problems = remappings.compactMap { change in
            keymap.apply(change).map { "[keys \(change.context)] \(change.keys): \($0)" }
        }
        return (keymap, problems)
    }
}
