package org.privateevolution.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Redacts the options of Spark's readers, so that they can be shown and stored. Whether a value is secret is decided by
 * the option's name and by the form of the value. Options of extensions and locations are stored as given, so the
 * configuration is refused if they hold secrets.
 */
public final class RedactedOptions {

    /** Stands in place of a secret. */
    static final String REDACTED = "(redacted)";

    private static final String SECRET_WORDS = "pass(word|wd|phrase)|pwd|secret|credential|signature|sas([._-]|key|$)"
            + "|(access|account|api|auth|encryption|master|private|shared|storage)[._-]?key|key[._-]list";

    private static final Pattern SECRET_NAME = Pattern.compile("token|" + SECRET_WORDS, Pattern.CASE_INSENSITIVE);

    /**
     * Names of extension options that contain "token" but count the tokens of texts. Any other token is taken for a
     * credential.
     */
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

    /** Returns the options, redacted and sorted by name. */
    public static Map<String, String> of(Map<String, String> options) {
        Map<String, String> redacted = new TreeMap<>();
        options.forEach((name, value) -> redacted.put(name, of(name, value)));
        return redacted;
    }

    /** Whether the name of an extension's option suggests a secret. */
    static boolean isSecretOption(String name) {
        return isSecret(name) && !COUNTED_TOKENS.matcher(name).matches();
    }

    /** Whether a name suggests a secret. */
    public static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    private static String of(String name, String value) {
        if (isSecret(name)) {
            return REDACTED;
        }
        return PARAMETER.matcher(USER_INFO.matcher(value).replaceAll(REDACTED)).replaceAll(REDACTED);
    }

    /** Whether a location or another text contains a password, either of a user or as a parameter. */
    static boolean holdsPassword(String text) {
        return USER_INFO.matcher(text).find() || PARAMETER.matcher(text).find();
    }
}
