package org.privateevolution.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Options of Spark's readers as they may be shown and written: without what their names or forms tell to be secret. */
public final class RedactedOptions {

    /** Stands for a secret. */
    static final String REDACTED = "(redacted)";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "pass(word|wd|phrase)|pwd|secret|token|credential|signature|sas([._-]|key|$)"
                    + "|(access|account|api|auth|encryption|master|private|shared|storage)[._-]?key|key[._-]list",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*:[^/@\\s]*(?=@)");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?<=\\b(?:password|passwd|pwd|secret|token|sig|accessKey|secretKey|apiKey)=)[^&;,\\s]+",
            Pattern.CASE_INSENSITIVE);

    private RedactedOptions() {}

    /** The options by name. */
    public static Map<String, String> of(Map<String, String> options) {
        Map<String, String> redacted = new TreeMap<>();
        options.forEach((name, value) -> redacted.put(name, of(name, value)));
        return redacted;
    }

    /** Whether an option is a secret by its name. */
    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    private static String of(String name, String value) {
        if (isSecret(name)) {
            return REDACTED;
        }
        return PARAMETER.matcher(USER_INFO.matcher(value).replaceAll(REDACTED)).replaceAll(REDACTED);
    }

    /** Whether a location has a user's password in it. */
    static boolean holdsPassword(String location) {
        return USER_INFO.matcher(location).find();
    }
}
