package org.privateevolution.fuzz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every message to a user has to be, whatever the input was. */
public final class Refusals {

    private static final int LONGEST = 20_000;
    private static final Pattern OF_A_PROGRAM =
            Pattern.compile("\\b(?:java|javax|scala|org\\.apache|com\\.fasterxml|shaded)\\.[a-z]+\\.|\\bnull$");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{6,}");
    private static final String OF_CONTENT = "qqqq";

    private Refusals() {}

    /** The text with its longer words and numbers made unlike all that a program says, for {@link #requireSilent}. */
    public static String marked(String text) {
        return WORD.matcher(text).replaceAll(word -> "q".repeat(word.group().length()));
    }

    /** Requires a message that can be shown in a terminal, and that names no class unless the input does. */
    public static void requireReadable(String message, String input) {
        requireShowable(message);
        Matcher program = OF_A_PROGRAM.matcher(message);
        require(!program.find() || input.contains(program.group()), "a message for programmers: " + message);
    }

    /** Requires a message that can be shown in a terminal, which may quote what a server says of its own program. */
    public static void requireShowable(String message) {
        require(message != null && !message.isBlank(), "no message");
        require(message.length() <= LONGEST, "a message of " + message.length() + " characters");
        for (int i = 0; i < message.length(); i++) {
            char character = message.charAt(i);
            require(character == '\n' || !Character.isISOControl(character), "a control character in " + message);
        }
    }

    /** The same, and requires that nothing of a {@link #marked} text that was read is in it. */
    public static void requireSilent(String message, String marked) {
        requireReadable(message, marked);
        require(!message.contains(OF_CONTENT), "content in: " + message);
    }

    public static void require(boolean held, String otherwise) {
        if (!held) {
            throw new AssertionError(otherwise);
        }
    }
}
