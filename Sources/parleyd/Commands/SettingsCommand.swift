import ArgumentParser
import Forum

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Show and change the community's settings.",
        subcommands: [List.self, Get.self, Set.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "All settings with their values; changed ones are marked."
        )

        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await withCommunity(database) { community, _ in
                for setting in community.settings.list() {
                    let mark = setting.isDefault ? " " : "*"
                    print("\(mark) \(setting.definition.name) = \(setting.shownValue)")
                    print("    \(setting.definition.summary)")
                }
            }
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The value of one setting.")

        @OptionGroup var database: DatabaseOptions
        @Argument var name: String

        func run() async throws {
            try await withCommunity(database) { community, _ in
                print(try community.settings.get(name))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change one setting; a running server takes it over within seconds."
        )

        @OptionGroup var database: DatabaseOptions
        @Argument var name: String
        @Argument var value: String

        func run() async throws {
            try await withCommunity(database) { community, _ in
                try await community.changeSetting(name, to: value, by: .system)
                let changed = community.settings.list().first { $0.definition.name == name }
                print("\(name) = \(changed?.shownValue ?? "")")
            }
        }
    }
}
