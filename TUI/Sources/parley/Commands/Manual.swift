import ArgumentParser
import Foundation

/// Writes the manual.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the pages of the manual.",
        discussion: "They are for man: parley manual --folder ~/.local/share/man",
        shouldDisplay: false
    )

    @Option(
        help:
            "Write all pages below this folder, as man looks for them, instead of one to the output."
    )
    var folder: String?

    @Argument(
        help: ArgumentHelp(
            "The page: \(ManualPage.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "page"
        )
    )
    var page: String?

    func run() throws {
        if let folder {
            for page in ManualPage.allCases { try write(page, below: folder) }
            return
        }
        guard let page = ManualPage(rawValue: page ?? ManualPage.commands.rawValue) else {
            throw ValidationError("There is no page “\(page ?? "")”.")
        }
        Talk.print(lines: page.text().split(separator: "\n").map(String.init))
    }

    private func write(_ page: ManualPage, below folder: String) throws {
        let place = URL(fileURLWithPath: folder, isDirectory: true)
            .appending(path: "man\(page.section)")
        do {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try page.text().write(
                to: place.appending(path: page.rawValue),
                atomically: true,
                encoding: .utf8
            )
        } catch {
            throw ValidationError("\(place.path) cannot be written: \(error.localizedDescription)")
        }
    }
}
