import Foundation

/// A command of the member that reads a post.
enum PipeCommand {
    /// Runs `command` through the shell with `input` on its standard input, and waits for Enter
    /// afterwards, so that what it printed can be read.
    static func run(_ command: String, input: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = pipe
        do {
            try process.run()
        } catch {
            Talk.say("The command could not be started: \(error)")
            return
        }
        // A command that reads nothing ends the pipe; that is its right.
        DispatchQueue.global().async {
            do {
                try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
                try pipe.fileHandleForWriting.close()
            } catch {
                // It has read enough.
                return
            }
        }
        process.waitUntilExit()
        _ = Talk.ask("\nEnter goes back to the forum. ")
    }
}
