package org.privateevolution.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, numbers, texts and symbols of a constraint. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("`(?<quoted>[^`]+)`|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)"
            + "|'(?<text>(?:[^'\\\\]|\\\\.)*)'|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|\\.\\d+)"
            + "|(?<symbol><=|>=|<>|!=|==|[=<>()+,-])");

    enum Kind {
        NAME,
        WORD,
        TEXT,
        NUMBER,
        SYMBOL,
        END
    }

    /** @param text without quotes */
    record Token(Kind kind, String text) {

        /** Whether this is a keyword, in any case. */
        boolean is(String keyword) {
            return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(keyword);
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    /** @throws IllegalArgumentException if a character belongs to no token */
    Tokens(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int from = 0;
        while (from < text.length()) {
            if (Character.isWhitespace(text.charAt(from))) {
                from++;
                continue;
            }
            if (!matcher.find(from) || matcher.start() != from) {
                String rest = text.substring(from);
                throw new IllegalArgumentException(
                        rest.startsWith("\"")
                                ? "put texts in 'single quotes', and names of columns in none or in `backticks`"
                                : rest.startsWith("'") || rest.startsWith("`")
                                        ? "a quote is not closed: " + rest
                                        : "cannot read " + rest);
            }
            tokens.add(token(matcher));
            from = matcher.end();
        }
        tokens.add(new Token(Kind.END, "the end"));
    }

    private static Token token(Matcher matcher) {
        if (matcher.group("quoted") != null) {
            return new Token(Kind.NAME, matcher.group("quoted"));
        }
        if (matcher.group("word") != null) {
            return new Token(Kind.WORD, matcher.group("word"));
        }
        if (matcher.group("text") != null) {
            return new Token(Kind.TEXT, unescaped(matcher.group("text")));
        }
        return matcher.group("number") != null
                ? new Token(Kind.NUMBER, matcher.group("number"))
                : new Token(Kind.SYMBOL, matcher.group("symbol"));
    }

    /** Spark drops a single backslash, which nobody means to write. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
                if (text.charAt(i) != '\\' && text.charAt(i) != '\'') {
                    throw new IllegalArgumentException("write two backslashes for one, as in SQL: '\\\\"
                            + text.charAt(i) + "' instead of '\\" + text.charAt(i) + "'");
                }
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token after the next one. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    /** Takes the next token if it is this keyword or symbol. */
    boolean take(String keyword) {
        boolean found = peek().is(keyword);
        if (found) {
            next();
        }
        return found;
    }

    /** @throws IllegalArgumentException if the next token is another one */
    void require(String keyword) {
        if (!take(keyword)) {
            throw expected(keyword);
        }
    }

    IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what + " instead of " + peek().text());
    }

    boolean isAtEnd() {
        return peek().kind() == Kind.END;
    }

    /** Whether a keyword follows anywhere. */
    boolean contain(String keyword) {
        return tokens.stream().anyMatch(token -> token.is(keyword));
    }
}
