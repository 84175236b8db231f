package org.privateevolution.generation.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes TrueType files of a few glyphs, each one polygon on a grid of 1000 units an em. */
final class TinyFont {

    private static final int UNITS_PER_EM = 1000;

    private TinyFont() {}

    /** @param outlines corners by character, x and y in turn, y upwards, clockwise */
    static byte[] of(String family, Map<Character, int[]> outlines) {
        TreeMap<Character, int[]> glyphs = new TreeMap<>(outlines);
        Map<String, byte[]> tables = new TreeMap<>();
        Bytes loca = new Bytes().u32(0).u32(0);
        Bytes glyf = new Bytes();
        Bytes hmtx = new Bytes().u16(UNITS_PER_EM).u16(0);
        for (int[] outline : glyphs.values()) {
            glyf.bytes(glyph(outline));
            loca.u32(glyf.size());
            hmtx.u16(UNITS_PER_EM).u16(0);
        }
        int count = glyphs.size() + 1;
        tables.put("glyf", glyf.done());
        tables.put("loca", loca.done());
        tables.put("hmtx", hmtx.done());
        tables.put("cmap", cmap(new ArrayList<>(glyphs.keySet())));
        tables.put(
                "head",
                new Bytes()
                        .u32(0x00010000)
                        .u32(0x00010000)
                        .u32(0)
                        .u32(0x5F0F3CF5)
                        .u16(0)
                        .u16(UNITS_PER_EM)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .u16(0)
                        .u16(0)
                        .u16(UNITS_PER_EM)
                        .u16(UNITS_PER_EM)
                        .u16(0)
                        .u16(8)
                        .u16(2)
                        .u16(1)
                        .u16(0)
                        .done());
        Bytes hhea = new Bytes().u32(0x00010000).u16(800).u16(-200).u16(0).u16(UNITS_PER_EM);
        for (int i = 0; i < 11; i++) {
            hhea.u16(0);
        }
        tables.put("hhea", hhea.u16(count).done());
        Bytes maxp = new Bytes().u32(0x00010000).u16(count).u16(64).u16(1);
        for (int i = 0; i < 10; i++) {
            maxp.u16(i == 2 ? 2 : 0);
        }
        tables.put("maxp", maxp.u16(0).done());
        tables.put("name", name(family));
        tables.put("post", new Bytes().u32(0x00030000).bytes(new byte[28]).done());
        return file(tables);
    }

    private static byte[] glyph(int[] outline) {
        int points = outline.length / 2;
        Bytes glyph = new Bytes().u16(1).u16(0).u16(0).u16(UNITS_PER_EM).u16(UNITS_PER_EM);
        glyph.u16(points - 1).u16(0);
        for (int i = 0; i < points; i++) {
            glyph.u8(1);
        }
        for (int axis = 0; axis < 2; axis++) {
            int last = 0;
            for (int i = axis; i < outline.length; i += 2) {
                glyph.u16(outline[i] - last);
                last = outline[i];
            }
        }
        return glyph.padded().done();
    }

    private static byte[] cmap(List<Character> characters) {
        int segments = characters.size() + 1;
        Bytes ends = new Bytes();
        Bytes starts = new Bytes();
        Bytes deltas = new Bytes();
        Bytes offsets = new Bytes();
        for (int i = 0; i < characters.size(); i++) {
            ends.u16(characters.get(i));
            starts.u16(characters.get(i));
            deltas.u16(i + 1 - characters.get(i));
            offsets.u16(0);
        }
        ends.u16(0xFFFF).u16(0);
        starts.u16(0xFFFF);
        deltas.u16(1);
        offsets.u16(0);
        return new Bytes()
                .u16(0)
                .u16(1)
                .u16(3)
                .u16(1)
                .u32(12)
                .u16(4)
                .u16(16 + 8 * segments)
                .u16(0)
                .u16(2 * segments)
                .u16(0)
                .u16(0)
                .u16(0)
                .bytes(ends.done())
                .bytes(starts.done())
                .bytes(deltas.done())
                .bytes(offsets.done())
                .done();
    }

    private static byte[] name(String family) {
        byte[] text = family.getBytes(StandardCharsets.UTF_16BE);
        int[] ids = {1, 2, 4, 6};
        Bytes name = new Bytes().u16(0).u16(ids.length).u16(6 + 12 * ids.length);
        for (int id : ids) {
            name.u16(3).u16(1).u16(0x409).u16(id).u16(text.length).u16(0);
        }
        return name.bytes(text).done();
    }

    private static byte[] file(Map<String, byte[]> tables) {
        Bytes directory =
                new Bytes().u32(0x00010000).u16(tables.size()).u16(0).u16(0).u16(0);
        Bytes data = new Bytes();
        int start = 12 + 16 * tables.size();
        tables.forEach((tag, table) -> {
            directory
                    .bytes(tag.getBytes(StandardCharsets.US_ASCII))
                    .u32(0)
                    .u32(start + data.size())
                    .u32(table.length);
            data.bytes(table).padded();
        });
        return directory.bytes(data.done()).done();
    }

    /** Big-endian numbers in a row. */
    private static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Bytes u8(int value) {
            bytes.write(value);
            return this;
        }

        Bytes u16(int value) {
            return u8(value >> 8).u8(value);
        }

        Bytes u32(int value) {
            return u16(value >> 16).u16(value);
        }

        Bytes bytes(byte[] more) {
            bytes.writeBytes(more);
            return this;
        }

        Bytes padded() {
            while (bytes.size() % 4 != 0) {
                bytes.write(0);
            }
            return this;
        }

        int size() {
            return bytes.size();
        }

        byte[] done() {
            return bytes.toByteArray();
        }
    }
}
