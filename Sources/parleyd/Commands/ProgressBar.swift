import ForumMail
import Foundation
import Synchronization

/// One line on the terminal that says how far a long work is: share, count, rate and time left.
final class ProgressBar: Sendable {
    private struct State {
        var startedAt = ContinuousClock.now
        var shownAt: ContinuousClock.Instant?
    }

    private static let width = 30
    private let isShown: Bool
    private let noun: String
    private let state = Mutex(State())

    /// - Parameter noun: What is counted.
    init(isShown: Bool, noun: String = "mails") {
        self.isShown = isShown
        self.noun = noun
    }

    func show(_ progress: ImportProgress) {
        show(progress.bytesRead, of: progress.bytesTotal, mails: progress.mails)
    }

    func show(_ done: Int, of total: Int, mails: Int) {
        guard isShown else { return }
        let now = ContinuousClock.now
        let elapsed: Duration? = state.withLock { state in
            if let shownAt = state.shownAt, now - shownAt < .milliseconds(100) { return nil }
            state.shownAt = now
            return now - state.startedAt
        }
        guard let elapsed else { return }
        let seconds =
            max(Double(elapsed.components.seconds), 0.001)
            + Double(elapsed.components.attoseconds) / 1e18
        let share = total > 0 ? min(Double(done) / Double(total), 1) : 0
        let filled = Int(share * Double(Self.width))
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: ".", count: Self.width - filled)
        let rate = Int(Double(mails) / seconds)
        let left = share > 0.01 ? Int(seconds / share - seconds) : nil
        let line =
            "\r[\(bar)] \(Int(share * 100))%  \(mails) \(noun)  \(rate)/s"
            + (left.map { "  \($0 / 60):\(String(format: "%02d", $0 % 60)) left" } ?? "") + "   "
        FileHandle.standardError.write(Data(line.utf8))
    }

    func end() {
        guard isShown, state.withLock({ $0.shownAt != nil }) else { return }
        FileHandle.standardError.write(Data("\n".utf8))
    }
}
