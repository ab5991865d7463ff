/// What swift-argument-parser says of a program in `--experimental-dump-help`, as far as the manual uses it; the
/// library keeps its own types of it to itself.
struct ToolDescription: Decodable {
    var command: CommandDescription
}

struct CommandDescription: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var arguments: [ArgumentDescription]?
    var subcommands: [CommandDescription]?
}

struct ArgumentDescription: Decodable {
    enum Kind: String, Decodable {
        case positional
        case option
        case flag
    }

    struct Name: Decodable {
        enum Kind: String, Decodable {
            case long
            case short
            case longWithSingleDash
        }

        var kind: Kind
        var name: String
    }

    var kind: Kind
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var abstract: String?
    var discussion: String?
}
