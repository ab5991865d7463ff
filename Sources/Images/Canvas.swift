import CGd

/// A decoded picture; it frees its memory with itself.
final class Canvas {
    let image: gdImagePtr

    init?(_ image: gdImagePtr?) {
        guard let image else { return nil }
        self.image = image
    }

    deinit { gdImageDestroy(image) }

    var width: Int { Int(image.pointee.sx) }
    var height: Int { Int(image.pointee.sy) }

    /// The library would write to standard error.
    private static let isQuiet: Bool = {
        gdSetErrorMethod { _, _, _ in }
        return true
    }()

    static func decode(_ bytes: [UInt8], _ kind: ImageHeader.Kind) -> Canvas? {
        _ = isQuiet
        var bytes = bytes
        let count = Int32(bytes.count)
        return bytes.withUnsafeMutableBytes { buffer in
            switch kind {
            case .png: Canvas(gdImageCreateFromPngPtr(count, buffer.baseAddress))
            // The last bytes may be missing, as browsers have it.
            case .jpeg: Canvas(gdImageCreateFromJpegPtrEx(count, buffer.baseAddress, 1))
            case .gif: Canvas(gdImageCreateFromGifPtr(count, buffer.baseAddress))
            case .webp: Canvas(gdImageCreateFromWebpPtr(count, buffer.baseAddress))
            }
        }
    }

    /// A transparent picture.
    static func empty(width: Int, height: Int) -> Canvas? {
        guard let canvas = Canvas(gdImageCreateTrueColor(Int32(width), Int32(height))) else {
            return nil
        }
        gdImageAlphaBlending(canvas.image, 0)
        gdImageSaveAlpha(canvas.image, 1)
        let clear = gdImageColorAllocateAlpha(canvas.image, 0, 0, 0, 127)
        gdImageFilledRectangle(canvas.image, 0, 0, Int32(width) - 1, Int32(height) - 1, clear)
        return canvas
    }

    func encode(_ kind: ImageHeader.Kind) -> [UInt8]? {
        gdImageSaveAlpha(image, 1)
        var size: Int32 = 0
        let pointer =
            switch kind {
            case .png: gdImagePngPtrEx(image, &size, 9)
            case .jpeg: gdImageJpegPtr(image, &size, Limits.jpegQuality)
            case .gif: gdImageGifPtr(image, &size)
            case .webp: gdImageWebpPtrEx(image, &size, Limits.jpegQuality)
            }
        guard let pointer else { return nil }
        defer { gdFree(pointer) }
        return Array(UnsafeRawBufferPointer(start: pointer, count: Int(size)))
    }

    /// The part of the picture that has the shape of the new size, from the middle.
    func filling(width newWidth: Int, height newHeight: Int) -> Canvas? {
        guard let target = Canvas.empty(width: newWidth, height: newHeight) else { return nil }
        let scale = min(
            Double(width) / Double(newWidth),
            Double(height) / Double(newHeight)
        )
        let partWidth = max(1, Int(Double(newWidth) * scale))
        let partHeight = max(1, Int(Double(newHeight) * scale))
        gdImageCopyResampled(
            target.image,
            image,
            0,
            0,
            Int32((width - partWidth) / 2),
            Int32((height - partHeight) / 2),
            Int32(newWidth),
            Int32(newHeight),
            Int32(partWidth),
            Int32(partHeight)
        )
        return target
    }

    /// As the camera was held: what the file said besides is gone when it is written again.
    func turned(_ orientation: Int) -> Canvas? {
        var result: Canvas? = self
        let degrees: Float? =
            switch orientation {
            case 3, 4: 180
            case 5, 6: 270
            case 7, 8: 90
            default: nil
            }
        if let degrees { result = Canvas(gdImageRotateInterpolated(image, degrees, 0)) }
        if [2, 4, 5, 7].contains(orientation), let turned = result {
            gdImageFlipHorizontal(turned.image)
        }
        return result
    }
}
