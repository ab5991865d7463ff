import ForumClient
import Foundation
import TerminalUI

/// Links and pictures that leave the program.
extension EffectRunner {
    /// Opens a link outside; only addresses of the web leave the program.
    func openLink(_ url: String) {
        let isWeb = ["https://", "http://", "mailto:"].contains { url.hasPrefix($0) }
        guard isWeb, let browser = Outside.browser else {
            post(.notice(url))
            return
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", browser + " \"$1\"", "sh", url]
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

    /// Shows a picture: fetched for the member's viewer, or by its address in a browser.
    func openImage(_ url: String) async {
        guard let viewer = Outside.imageViewer else {
            openLink(url)
            return
        }
        post(.notice("Fetching the picture\u{2026}"))
        do {
            let bytes = try await service.file(at: url)
            let file = editorFolder.appending(path: "picture-\(getpid())")
            try PrivateFile.write(Data(bytes), to: file)
            // The path is this program's own and holds nothing that a shell would read.
            post(.textForCommand("\(viewer) '\(file.path)'; rm -f '\(file.path)'", ""))
        } catch let failure as Failure where failure.kind == .server {
            // A page about the picture, or a site in trouble: the browser may fare better.
            openLink(url)
        } catch let failure as Failure {
            post(.failed(.openImage(url), failure))
        } catch {
            post(.failed(.openImage(url), Failure(.refused, "The picture was not kept: \(error)")))
        }
    }
}

/// Programs of the member outside of this one.
enum Outside {
    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    static var browser: String? {
        let hasDisplay = environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
        return Configuration.current.browserCommand ?? environment["BROWSER"]
            ?? (hasDisplay ? "xdg-open" : nil)
    }

    static var imageViewer: String? {
        let named = environment["PARLEY_IMAGE_VIEWER"] ?? ""
        return named.isEmpty ? Configuration.current.imageViewer : named
    }
}
