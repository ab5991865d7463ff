import CGd

extension QRCode {
    /// A PNG, black on white, with the quiet zone of four modules around it.
    ///
    /// - Parameter scale: Pixels along one side of a module.
    package func png(scale: Int = 5) -> [UInt8]? {
        let quiet = 4
        let side = Int32((size + 2 * quiet) * scale)
        guard let canvas = Canvas(gdImageCreateTrueColor(side, side)) else { return nil }
        let white = gdImageColorAllocate(canvas.image, 255, 255, 255)
        let black = gdImageColorAllocate(canvas.image, 0, 0, 0)
        gdImageFilledRectangle(canvas.image, 0, 0, side - 1, side - 1, white)
        for y in 0..<size {
            for x in 0..<size where isDark(x: x, y: y) {
                let left = Int32((x + quiet) * scale)
                let top = Int32((y + quiet) * scale)
                let width = Int32(scale) - 1
                gdImageFilledRectangle(canvas.image, left, top, left + width, top + width, black)
            }
        }
        return canvas.encode(.png)
    }
}
