package org.privateevolution.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Options of Spark's readers as they may be shown and written: without what their names or forms tell to be secret. What
 * is written as it is given, options of extensions and locations, must have none of it.
 */
public final class RedactedOptions {

    /** Stands for a secret. */
    static final String REDACTED = "(redacted)";

    private static final String SECRET_WORDS = "pass(word|wd|phrase)|pwd|secret|credential|signature|sas([._-]|key|$)"
            + "|(access|account|api|auth|encryption|master|private|shared|storage)[._-]?key|key[._-]list";

    private static final Pattern SECRET_NAME = Pattern.compile("token|" + SECRET_WORDS, Pattern.CASE_INSENSITIVE);

    /** Extensions count tokens of texts, too. What is none of these opens a door. */
    private static final Pattern COUNTED_TOKENS = Pattern.compile(
            "((max|min|num|new|total|input|output|prompt|completion)[._-]?)+tokens?([._-]?(limit|count|length))?"
                    + "|tokens([._-]?(limit|count|length))?|token[._-]?(limit|count|length|column)|tokeni[sz]\\w*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*:[^/@\\s]*(?=@)");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?<=(?:password|passwd|passphrase|pwd|secret|token|credential|signature|\\bsig"
                    + "|(?:access|account|api|private|secret|shared|storage)[._-]?key)=)[^&;,\\s]+",
            Pattern.CASE_INSENSITIVE);

    private RedactedOptions() {}

    /** The options by name. */
    public static Map<String, String> of(Map<String, String> options) {
        Map<String, String> redacted = new TreeMap<>();
        options.forEach((name, value) -> redacted.put(name, of(name, value)));
        return redacted;
    }

    /** Whether an option of an extension is a secret by its name. */
    static boolean isSecretOption(String name) {
        return isSecret(name) && !COUNTED_TOKENS.matcher(name).matches();
    }

    /** Whether what is called so is a secret. */
    public static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    private static String of(String name, String value) {
        if (isSecret(name)) {
            return REDACTED;
        }
        return PARAMETER.matcher(USER_INFO.matcher(value).replaceAll(REDACTED)).replaceAll(REDACTED);
    }

    /** Whether a location or another text has a password in it: a user's, or that of a parameter. */
    static boolean holdsPassword(String text) {
        return USER_INFO.matcher(text).find() || PARAMETER.matcher(text).find();
    }
}
