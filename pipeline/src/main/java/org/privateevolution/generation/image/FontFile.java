package org.privateevolution.generation.image;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * A TrueType or OpenType font.
 *
 * @param name name in messages, for instance of the file
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record FontFile(String name, byte[] bytes) {

    /** @throws IllegalArgumentException if the bytes are not a font */
    Font open() {
        try {
            return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(bytes));
        } catch (FontFormatException | IOException e) {
            throw new IllegalArgumentException("the font " + name + " cannot be read (" + e.getMessage()
                    + "): remove it, or put a sound TrueType or OpenType file in its place");
        } catch (LinkageError | InternalError e) {
            throw new IllegalStateException("this Java cannot read fonts (" + e.getMessage()
                    + "): install the packages fontconfig and libfreetype6, or a Java that is not headless");
        }
    }
}
