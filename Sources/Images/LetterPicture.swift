import CGd

/// The picture of somebody who has sent none: a letter on a ground of one colour.
package enum LetterPicture {
    /// - Parameters:
    ///   - letter: What is not printable ASCII becomes a number sign.
    ///   - colour: Red, green, blue.
    /// - Returns: A PNG of `size` times `size` pixels.
    package static func png(
        letter: Character,
        colour: (red: UInt8, green: UInt8, blue: UInt8),
        size: Int
    ) -> [UInt8]? {
        let capital = Character(letter.uppercased().prefix(1).description)
        let code = capital.asciiValue.flatMap { (0x21...0x7E).contains($0) ? $0 : nil } ?? 0x23
        guard let font = gdFontGetGiant(), let glyph = Canvas.empty(width: 9, height: 15),
            let canvas = Canvas(gdImageCreateTrueColor(Int32(size), Int32(size)))
        else { return nil }
        let ground = gdImageColorAllocate(
            canvas.image,
            Int32(colour.red),
            Int32(colour.green),
            Int32(colour.blue)
        )
        gdImageFilledRectangle(canvas.image, 0, 0, Int32(size) - 1, Int32(size) - 1, ground)
        // The edges of the letter fade into its own white, not into black.
        let clear = gdImageColorAllocateAlpha(glyph.image, 255, 255, 255, 127)
        gdImageFilledRectangle(glyph.image, 0, 0, 8, 14, clear)
        let white = gdImageColorAllocateAlpha(glyph.image, 255, 255, 255, 0)
        gdImageChar(glyph.image, font, 0, 0, Int32(code), white)
        let height = max(1, size * 4 / 5)
        let width = max(1, height * 9 / 15)
        gdImageAlphaBlending(canvas.image, 1)
        gdImageCopyResampled(
            canvas.image,
            glyph.image,
            Int32((size - width) / 2),
            Int32((size - height) / 2),
            0,
            0,
            Int32(width),
            Int32(height),
            9,
            15
        )
        return canvas.encode(.png)
    }
}
