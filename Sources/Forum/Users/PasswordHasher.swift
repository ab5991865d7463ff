import Cryptography
import Foundation
import Synchronization

/// Hashes and compares passwords on threads of its own, a few at once: each takes half a second of
/// a processor and 64 MiB, so a crowd at the door waits in a short queue instead of taking
/// the machine down.
package final class PasswordHasher: Sendable {
    /// How dear one guess is.
    package enum Strength: Sendable {
        case standard
        case fastForTests

        fileprivate var parameters: PasswordHash.Parameters {
            switch self {
            case .standard: .standard
            case .fastForTests: .cheap
            }
        }
    }

    /// For codes of 80 random bits: slow enough that a stolen hash tells nothing, and ten are made at
    /// once (N = 2^14: 16 MiB).
    private static let randomCodes = PasswordHash.Parameters(logN: 14, blockSize: 8, parallelism: 1)

    private typealias Job = @Sendable () -> Void

    private struct Queue {
        var running = 0
        var waiting: [Job] = []
    }

    private let parameters: PasswordHash.Parameters
    /// A well-formed hash of no password: comparing with it takes as long as with a true one.
    private let decoy: String
    private let queue = Mutex(Queue())
    /// Guesses that were wrong: whoever made too many is not let near the hashing.
    let failures = LogInFailures()

    package init(strength: Strength) {
        parameters = strength.parameters
        let costs = "ln=\(parameters.logN),r=\(parameters.blockSize),p=\(parameters.parallelism)"
        let parts = [16, 32].map { Base64.encode(Random.bytes($0), padding: false) }
        decoy = "$scrypt$\(costs)$\(parts[0])$\(parts[1])"
    }

    /// A new hash of the password, in the form in which it is stored.
    ///
    /// - Throws: `.unavailable` when too many are waiting, `.invalid` for a password that is too long.
    package func hash(_ password: String) async throws(ForumError) -> String {
        try await hash(password, parameters)
    }

    /// The same for a code that this program made at random.
    package func hash(randomCode code: String) async throws(ForumError) -> String {
        try await hash(code, parameters == .cheap ? .cheap : Self.randomCodes)
    }

    private func hash(
        _ password: String,
        _ parameters: PasswordHash.Parameters
    ) async throws(ForumError) -> String {
        let result = try await run { () throws(PasswordHashError) in
            try PasswordHash.make(password, parameters: parameters)
        }
        switch result {
        case .success(let hash): return hash
        case .failure(.passwordTooLong):
            throw ForumError(
                .invalid,
                "Password is too long (maximum is \(Limits.passwordBytesMax) bytes)",
                field: "password"
            )
        case .failure: throw ForumError(.unavailable, "The password could not be hashed.")
        }
    }

    /// Compares a password with a stored hash. Without one it takes the same time and never matches.
    ///
    /// - Throws: `.unavailable` when too many are waiting.
    package func verify(
        _ password: String,
        against stored: String?
    ) async throws(ForumError) -> (matches: Bool, needsRehash: Bool) {
        let hash = stored ?? decoy
        let decoy = decoy
        let result = try await run { () throws(PasswordHashError) in
            do throws(PasswordHashError) {
                return try PasswordHash.verify(password, against: hash)
            } catch .malformed {
                // As long as for a good one, so that the state of the row does not show.
                _ = try PasswordHash.verify(password, against: decoy)
                return false
            }
        }
        switch result {
        case .success(let matches):
            guard matches, let stored else { return (false, false) }
            return (true, PasswordHash.needsRehash(stored, parameters: parameters))
        case .failure(.passwordTooLong), .failure(.malformed), .failure(.tooExpensive):
            return (false, false)
        case .failure(.failed):
            throw ForumError(.unavailable, "The password could not be checked.")
        }
    }

    private func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(PasswordHashError) -> Value
    ) async throws(ForumError) -> Result<Value, PasswordHashError> {
        let result: Result<Value, PasswordHashError>? = await withCheckedContinuation { waiter in
            let isAccepted = submit {
                do throws(PasswordHashError) {
                    waiter.resume(returning: .success(try work()))
                } catch {
                    waiter.resume(returning: .failure(error))
                }
            }
            if !isAccepted { waiter.resume(returning: nil) }
        }
        guard let result else {
            throw ForumError(
                .unavailable,
                "The server is busy. Please try again in a few seconds.",
                retryAfterSeconds: 10
            )
        }
        return result
    }

    private func submit(_ job: @escaping Job) -> Bool {
        enum Admission { case start, wait, refuse }
        let admission = queue.withLock { queue -> Admission in
            if queue.running < Limits.passwordHashesAtOnce {
                queue.running += 1
                return .start
            }
            guard queue.waiting.count < Limits.passwordHashQueue else { return .refuse }
            queue.waiting.append(job)
            return .wait
        }
        switch admission {
        case .start:
            Thread.detachNewThread { [self] in work(first: job) }
            return true
        case .wait: return true
        case .refuse: return false
        }
    }

    /// What a thread does: the job it was made for and then those that wait.
    private func work(first: @escaping Job) {
        var next: Job? = first
        while let job = next {
            job()
            next = queue.withLock { queue in
                guard !queue.waiting.isEmpty else {
                    queue.running -= 1
                    return nil
                }
                return queue.waiting.removeFirst()
            }
        }
    }
}
