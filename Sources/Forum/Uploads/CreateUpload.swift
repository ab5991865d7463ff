import Cryptography
import Dispatch
import Images
import Postgres
import Synchronization

/// A file as it came.
package struct NewUpload: Sendable {
    /// What the sender calls it; only shown, never a path.
    package var filename: String
    package var bytes: [UInt8]
    /// What it is for: `composer`, `avatar` …
    package var type: String
    /// Whom it is for; without one the sender.
    package var userID: UserID?

    package init(filename: String, bytes: [UInt8], type: String, userID: UserID? = nil) {
        self.filename = filename
        self.bytes = bytes
        self.type = type
        self.userID = userID
    }
}

/// The one thread on which pictures are decoded: each may take as much memory as all else together.
final class ImageThread: Sendable {
    static let shared = ImageThread()

    private let queue = DispatchQueue(label: "parley.images")
    private let waiting = Mutex(0)

    /// - Throws: `.unavailable` when too many wait already.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        let isTaken = waiting.withLock { count -> Bool in
            guard count < Limits.imageQueue else { return false }
            count += 1
            return true
        }
        guard isTaken else {
            throw ForumError(
                .unavailable,
                "The server is busy. Please try again in a moment.",
                retryAfterSeconds: 5
            )
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}

extension Community {
    /// Takes a file: checks its size and kind, cleans pictures, and stores it.
    ///
    /// - Throws: `.invalid` with Discourse's words, `.forbidden`, `.notFound` for an unknown user,
    ///   `.rateLimited`.
    package func createUpload(_ new: NewUpload, by principal: Principal) async throws -> Upload {
        guard let user = try await user(new.userID ?? principal.id) else {
            throw ForumError.notFound
        }
        let permitted = try principal.may(.sendFile, UploadTarget(user: user))
        if !principal.isStaff {
            let recent: Int? = try await database.value(
                UploadQueries.recentCount(of: user.id, at: clock())
            )
            if let recent, recent >= Limits.uploadsPerMinute {
                throw ForumError(
                    .rateLimited,
                    "You have sent too many files. Please wait a minute.",
                    retryAfterSeconds: 60
                )
            }
        }
        let prepared = try await prepare(new)
        try await files.write(prepared.bytes, to: Upload.file(prepared.name))
        let made: Upload? = try await database.first(
            UploadQueries.insert(permitted, prepared, at: clock())
        )
        guard let made else { throw ForumError(.bug, "The upload was not written.") }
        return made
    }

    private func prepare(_ new: NewUpload) async throws -> PreparedUpload {
        let filename = Self.filename(new.filename)
        var prepared = PreparedUpload(
            filename: filename,
            fileExtension: Self.fileExtension(filename),
            type: new.type,
            bytes: new.bytes,
            sha1: []
        )
        guard !new.bytes.isEmpty else {
            throw ForumError(
                .invalid,
                "Sorry, but the file you provided is empty.",
                field: "file"
            )
        }
        try checkExtension(prepared.fileExtension, mustBePicture: new.type != "composer")
        let isPicture = ImageHeader.Kind(fileExtension: prepared.fileExtension) != nil
        try checkSize(new.bytes.count, ofExtension: prepared.fileExtension)
        if isPicture {
            let bytes = new.bytes
            let image = try await Self.cleaned(bytes)
            prepared.bytes = image.bytes
            prepared.width = image.width
            prepared.height = image.height
            // What the file is counts, not how it is called.
            if ImageHeader.Kind(fileExtension: prepared.fileExtension) != image.kind {
                prepared.fileExtension = image.kind.fileExtension
            }
        }
        prepared.sha1 = Digest.sha1(prepared.bytes)
        return prepared
    }

    private static func cleaned(_ bytes: [UInt8]) async throws -> SafeImage {
        do {
            return try await ImageThread.shared.run { try SafeImage(cleaning: bytes) }
        } catch ImageProblem.tooLarge {
            throw ForumError(
                .invalid,
                "Sorry, the image you are trying to upload is too large (maximum dimension is "
                    + "\(Images.Limits.pixels / 1_000_000)-megapixels), please resize it and try "
                    + "again.",
                field: "file"
            )
        } catch is ImageProblem {
            throw ForumError(
                .invalid,
                "Sorry, but we couldn't determine the size of the image. Maybe your image is "
                    + "corrupted?",
                field: "file"
            )
        }
    }

    func checkExtension(_ name: String, mustBePicture: Bool) throws(ForumError) {
        let allowed = settings.current.authorizedExtensions.lowercased().split(separator: "|")
            .map { String($0.drop { $0 == "." }) }
        let pictures = allowed.filter { ImageHeader.Kind(fileExtension: $0) != nil }
        let accepted = mustBePicture ? pictures : allowed
        if accepted.contains(name) || (!mustBePicture && accepted.contains("*")) { return }
        if mustBePicture, allowed.contains("*"), ImageHeader.Kind(fileExtension: name) != nil {
            return
        }
        throw ForumError(
            .invalid,
            "Sorry, the file you are trying to upload is not authorized (authorized extensions: "
                + accepted.joined(separator: ", ") + ").",
            field: "file"
        )
    }

    func checkSize(_ count: Int, ofExtension name: String) throws(ForumError) {
        let isPicture = ImageHeader.Kind(fileExtension: name) != nil
        let settings = settings.current
        let kilobytes = isPicture ? settings.maxImageSizeKb : settings.maxAttachmentSizeKb
        guard count > kilobytes * 1024 else { return }
        throw ForumError(
            .invalid,
            isPicture
                ? "Sorry, the image you are trying to upload is too big (maximum size is "
                    + "\(kilobytes) KB), please resize it and try again."
                : "Sorry, the file you are trying to upload is too big (maximum size is "
                    + "\(kilobytes) KB).",
            field: "file"
        )
    }

    /// The last part of what may be a path, without what cannot be shown.
    static func filename(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let shown = last.unicodeScalars.filter { scalar in
            scalar.properties.generalCategory != .control
                && scalar.properties.generalCategory != .format
        }
        let text = String(String.UnicodeScalarView(shown.suffix(Limits.filenameMax)))
        return text.isEmpty || text.allSatisfy(\.isWhitespace) ? "file" : text
    }

    static func fileExtension(_ filename: String) -> String {
        guard let dot = filename.lastIndex(of: "."), dot != filename.startIndex else { return "" }
        let text = filename[filename.index(after: dot)...].lowercased()
        let isPlain = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
        }
        return isPlain && text.utf8.count <= 10 ? text : ""
    }
}
