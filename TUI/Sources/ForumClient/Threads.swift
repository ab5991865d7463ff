import NIOCore
import NIOPosix

/// The threads that tasks run on, and waiting on them.
package enum Threads {
    /// One reader keeps no more of them busy, however many processors there are.
    private static let count = 2

    /// Lets tasks run on the threads of the network. The threads that Swift has for them on Linux are looked
    /// after by a timer that wakes a sleeping program every second; these sleep until there is something to
    /// do. Where that cannot be, tasks stay where they were.
    ///
    /// Call it once, on the main thread, before the first task. A task must not hold its thread for long.
    package static func share() {
        NIOSingletons.groupLoopCountSuggestion = count
        NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor()
    }

    /// Waits by the timers of the network's threads.
    package static func sleep(for time: Duration) async throws {
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(
            in: TimeAmount(time)
        ) {}
        try await withTaskCancellationHandler {
            try await timer.futureResult.get()
        } onCancel: {
            timer.cancel()
        }
    }
}
