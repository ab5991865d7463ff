import Foundation
import TerminalUI

/// Links that leave the program.
extension EffectRunner {
    /// Opens a link outside; only addresses of the web leave the program.
    func openLink(_ url: String) {
        let isWeb = ["https://", "http://", "mailto:"].contains { url.hasPrefix($0) }
        let environment = ProcessInfo.processInfo.environment
        let hasDisplay = environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
        let browser = environment["BROWSER"] ?? (hasDisplay ? "xdg-open" : nil)
        guard isWeb, let browser else {
            post(.notice(url))
            return
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [browser, url]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            post(.notice("Opened \(url)"))
        } catch {
            post(.notice("\(browser) could not be started: \(url)"))
        }
    }
}
