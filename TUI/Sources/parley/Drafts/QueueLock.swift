import Foundation

/// Keeps two programs from sending the same queue at once. The kernel lets go of it when a program is killed.
struct QueueLock {
    private let descriptor: Int32

    /// nil while another program has it.
    init?(folder: URL) {
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            // Without the folder there is no queue either.
            return nil
        }
        descriptor = open(folder.appending(path: ".lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    func release() {
        close(descriptor)
    }
}
