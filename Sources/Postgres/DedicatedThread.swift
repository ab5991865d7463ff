import Glibc

/// A thread of its own for work that blocks, so that the cooperative pool never does.
enum DedicatedThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a detached thread with a small stack.
    static func start(_ run: @escaping @Sendable () -> Void) throws(PostgresError) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        pthread_attr_setstacksize(attributes, Limits.threadStackBytes)
        pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        let body = Unmanaged.passRetained(Body(run: run))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            attributes,
            { argument in
                guard let argument else {
                    return nil
                }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            body.toOpaque()
        )
        guard status == 0 else {
            body.release()
            throw PostgresError(.unavailable, "no thread: \(String(cString: strerror(status)))")
        }
    }
}

/// Nanoseconds of a clock that no one sets.
enum MonotonicClock {
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    static func now(plusSeconds seconds: Double) -> Int64 {
        now() + Int64(seconds * 1_000_000_000)
    }
}
