package org.privateevolution.fuzz;

import java.util.regex.Pattern;

/** What every message to a user has to be, whatever the input was. */
public final class Refusals {

    /** Shorter pieces of an input may stand in a message by chance. */
    private static final int SHORTEST_LEAK = 12;

    private static final int LONGEST = 20_000;
    private static final Pattern OF_A_PROGRAM =
            Pattern.compile("\\b(?:java|javax|scala|org\\.apache|com\\.fasterxml|shaded)\\.[a-z]+\\.|\\bnull$");

    private Refusals() {}

    /** Requires a message that can be shown in a terminal and names no class. */
    public static void requireReadable(String message) {
        require(message != null && !message.isBlank(), "no message");
        require(message.length() <= LONGEST, "a message of " + message.length() + " characters");
        require(!OF_A_PROGRAM.matcher(message).find(), "a message for programmers: " + message);
        for (int i = 0; i < message.length(); i++) {
            char character = message.charAt(i);
            require(character == '\n' || !Character.isISOControl(character), "a control character in " + message);
        }
    }

    /** The same, and requires that nothing of what was read is in it. */
    public static void requireSilent(String message, String content) {
        requireReadable(message);
        for (int start = 0; start + SHORTEST_LEAK <= message.length(); start++) {
            int from = start;
            for (int place = 0; place + SHORTEST_LEAK <= content.length(); place++) {
                require(!message.regionMatches(from, content, place, SHORTEST_LEAK), "content in: " + message);
            }
        }
    }

    public static void require(boolean held, String otherwise) {
        if (!held) {
            throw new AssertionError(otherwise);
        }
    }
}
