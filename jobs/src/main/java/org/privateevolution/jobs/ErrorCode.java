package org.privateevolution.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.StoreException;
import org.privateevolution.spi.UnknownExtensionException;

/**
 * The stable code of an error, with its cause and remedy: the source of {@code pe explain} and of {@code
 * docs/errors.md}. A code keeps its meaning in all later versions, and is never reused.
 */
enum ErrorCode {
    COMMAND_LINE(
            100,
            ExitCode.USAGE,
            "The command line is wrong",
            "A command, an option or its value is not one that `pe` knows.",
            "Correct what the message names. `pe COMMAND --help` lists the options of a command, with examples."),
    CONFIGURATION(
            101,
            ExitCode.USAGE,
            "The configuration is wrong",
            "A key or a value is not allowed, or two settings contradict each other. All problems are listed,"
                    + " each with its"
                    + " key and line.",
            "Correct the keys that the message names. `pe keys WORD` explains a key; `pe validate CONFIG` checks"
                    + " the file"
                    + " without a run."),
    NO_CONFIGURATION(
            102,
            ExitCode.USAGE,
            "The configuration cannot be read",
            "The given path does not exist, or may not be read.",
            "Check the path; it is relative to the current folder. `pe init` writes a first configuration."),
    OTHER_RUN(
            103,
            ExitCode.USAGE,
            "The output holds a run of another configuration",
            "`output.path` belongs to a run with other settings, which the message names. Two runs must not share"
                    + " a folder.",
            "Choose another `output.path`, or restore the former settings. If only the schedule or the privacy"
                    + " target changed,"
                    + " add `--extend`."),
    PLATFORM(
            104,
            ExitCode.USAGE,
            "This machine does not meet the requirements",
            "The version of Java or Spark is not supported, or the driver has too little memory for the run.",
            "Follow the message, for instance by giving the driver more memory. `docs/compatibility.md` lists the"
                    + " supported"
                    + " versions; `pe validate CONFIG` repeats the check without a run."),
    EXTENSION(
            105,
            ExitCode.USAGE,
            "An extension cannot be found",
            "The configuration names an extension that no jar on the class path provides, or that several provide.",
            "Add its jar to `PE_JARS`, or to `--jars` of spark-submit, and check the name that the message quotes."),
    MODEL(
            110,
            ExitCode.USAGE,
            "A model cannot be used",
            "The file of an embedding model, its tokenizer or a native library cannot be used, or different"
                    + " machines compute"
                    + " different vectors.",
            "Check the model file and the output of the model that the configuration names. Install the same files and"
                    + " versions on all machines, and use machines of one kind."),
    DATA(
            200,
            ExitCode.PRIVATE_DATA,
            "The private data cannot be read",
            "The path does not exist, cannot be reached, or is not in the declared format.",
            "Check path, format and credentials. `pe validate CONFIG --data` repeats the check and charges nothing."),
    UNDECLARED(
            201,
            ExitCode.PRIVATE_DATA,
            "A value is not as declared",
            "A private record has a value outside the declared bounds, categories or labels, or a null where none"
                    + " is allowed."
                    + " The message names the column but never the value, which is private.",
            "Widen the declaration by public knowledge, use `other` or `out_of_range: clamp` for such values, set"
                    + " `nullable: true`, or remove the records before the run. The refusal itself is outside the"
                    + " guarantee."),
    RECORD(
            202,
            ExitCode.PRIVATE_DATA,
            "A record is malformed",
            "A record is torn or ambiguous, such as a CSV line with too many fields. It could vote twice.",
            "Repair the file, or set `private_data.options` to how it is written. Parquet avoids the problem."),
    COLUMN(
            203,
            ExitCode.PRIVATE_DATA,
            "A declared column is missing",
            "The private data has no column of that name.",
            "Correct the name; the message lists the existing columns and the most similar one."),
    CHANGED(
            204,
            ExitCode.PRIVATE_DATA,
            "The private data changed during the run",
            "A later read did not find the same records or columns as the first one, so the votes would mix two data"
                    + " sets."
                    + " The current"
                    + " vote was not charged.",
            "Write the data to Parquet, or name a snapshot or a version of the table. Then start the run again to"
                    + " resume it."),
    UNSTABLE(
            205,
            ExitCode.PRIVATE_DATA,
            "The private data differs each time it is read",
            "The DataFrame or view takes a random sample, a limited number or a numbering of its rows.",
            "Write it to a table first, and use that table."),
    DISCOVERY(
            206,
            ExitCode.PRIVATE_DATA,
            "The discovery found too little",
            "Of the columns, or of the labels, too little is visible through the noise. The discovery was charged.",
            "Declare the columns, with what is left of epsilon; or discover them with a larger epsilon, a larger"
                    + " share of it, or fewer columns, which is charged again."),
    PRIVACY(
            300,
            ExitCode.PRIVACY,
            "Refused to keep the guarantee",
            "To continue would break the guarantee, or leave it unproven. Nothing was released.",
            "Follow the message. If it does not help, report it: a run should not get into this state."),
    BUDGET(
            301,
            ExitCode.PRIVACY,
            "The budget of the data set is spent",
            "Together with all earlier runs on the same ledger, the run would exceed the budget.",
            "`pe ledger PATH` shows what each run spent. Lower `privacy.epsilon` or, if you are allowed to, raise"
                    + " the budget"
                    + " with `pe ledger PATH --set-budget EPSILON`."),
    LEDGER(
            302,
            ExitCode.PRIVACY,
            "The ledger is damaged or incomplete",
            "An entry is missing or was changed, or the ledger cannot be read or written. Without the ledger,"
                    + " what was spent"
                    + " is unknown.",
            "Restore the ledger, or set `privacy.ledger` to its path. Do not delete it: that hides what was spent"
                    + " and does not"
                    + " give it back."),
    RELEASE(
            303,
            ExitCode.PRIVACY,
            "A release is missing or differs",
            "A result was released, but the store of the run does not contain it, or contains another. New noise"
                    + " for it would"
                    + " spend more than was charged.",
            "Restore the store (`output.path/store`), or start a new run in another `output.path`, which is"
                    + " charged again."),
    TERMS(
            304,
            ExitCode.PRIVACY,
            "The ledger has other terms",
            "The ledger or its budget is for another privacy unit or client column, or a release was charged with"
                    + " other noise.",
            "Use the former unit, or another ledger if the data is different; resume a run with its former settings."),
    TARGET(
            305,
            ExitCode.PRIVACY,
            "The privacy target cannot be met",
            "No noise within the supported range, or no provable delta, gives the requested epsilon.",
            "Raise `privacy.epsilon` or `privacy.delta`, or use fewer votes. `pe budget` converts epsilon to"
                    + " noise and back."),
    STORAGE(
            400,
            ExitCode.STORAGE,
            "Storage cannot be used",
            "A file of the run or its ledger cannot be reached, read or written.",
            "Check the path, the permissions, the free space and the credentials. Then start the run again to"
                    + " resume it."),
    HELD(
            401,
            ExitCode.STORAGE,
            "Another driver is working on the run",
            "Two programs use the same `output.path` at the same time.",
            "Wait for the other program, or stop it. If it has died, its lease expires after two and a half"
                    + " minutes, or at once"
                    + " if it ran on this machine."),
    DAMAGED(
            402,
            ExitCode.STORAGE,
            "A file of the run is damaged",
            "A file of the store is missing, or its checksum differs from what the run wrote.",
            "Restore `output.path` from a backup, or start a new run in another `output.path`, which is charged"
                    + " again."),
    STORE_VERSION(
            403,
            ExitCode.STORAGE,
            "The run was written by another version",
            "The store is in a format that this version does not read, or would interpret differently.",
            "Use the version that wrote it; the message names that version if the file does."),
    UNSAFE(
            404,
            ExitCode.STORAGE,
            "The file system is not safe for a ledger",
            "It cannot create a file exclusively, so two drivers could charge the same entry.",
            "Keep `privacy.ledger` and `output.path` on a local disk, hdfs://, s3a:// or gs://."),
    GENERATION(
            500,
            ExitCode.GENERATION,
            "The generation of samples stopped",
            "It was interrupted, or cannot continue for the reason in the message. All answers so far are kept.",
            "Start the run again: it requests only the missing samples."),
    ENDPOINT(
            501,
            ExitCode.GENERATION,
            "No endpoint answers",
            "The server cannot be reached, does not know the model, refuses the key, or failed many times in a row.",
            "Check `url`, `model` and the environment variable of the key. `curl` on the driver's machine shows"
                    + " whether the"
                    + " server answers. Answers so far are kept."),
    SPENDING(
            502,
            ExitCode.GENERATION,
            "The spending limit is reached",
            "Another request could exceed the limits or the budget of requests, tokens or money in the configuration.",
            "Raise the limit that the message names and start the run again; answers so far are kept and not paid"
                    + " for twice."),
    REJECTED(
            503,
            ExitCode.GENERATION,
            "Too many answers were rejected",
            "The model answers, but the answers are not usable samples: the message counts the reasons, such as"
                    + " empty or"
                    + " truncated answers.",
            "Change the prompts, the maximum length of an answer or the model. `text.rejections` and"
                    + " `images.api.rejections`"
                    + " limit how many samples may be left out."),
    GENERATOR(
            504,
            ExitCode.GENERATION,
            "The generator failed",
            "A model in this process, an extension or a function of your own could not be used, or raised an error.",
            "Correct the generator and start the run again; answers so far are kept."),
    PLACE(
            600,
            ExitCode.USAGE,
            "The output location cannot be used",
            "It exists already, cannot be written, or would mix private figures with published files.",
            "Choose another folder or file."),
    INTERNAL(
            900,
            ExitCode.INTERNAL,
            "Internal error",
            "The program met an unexpected error. Its message is not shown, because it may contain a private value.",
            "Repeat the command with `--stacktrace` where nobody else can read the output, and report the lines"
                    + " that begin with"
                    + " `at org.privateevolution`.");

    private static final String PREFIX = "PE-";

    private final int number;
    private final ExitCode exitCode;
    private final String title;
    private final String cause;
    private final String remedy;

    ErrorCode(int number, ExitCode exitCode, String title, String cause, String remedy) {
        this.number = number;
        this.exitCode = exitCode;
        this.title = title;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** The code of an error of a known kind; {@link #INTERNAL} for any other. */
    static ErrorCode of(Throwable error) {
        if (error instanceof ConfigurationException configuration) {
            return of(configuration.reason());
        }
        if (error instanceof PrivateDataException data) {
            return of(data.reason());
        }
        if (error instanceof PrivacyException privacy) {
            return of(privacy.reason());
        }
        if (error instanceof StoreException store) {
            return of(store.reason());
        }
        if (error instanceof GenerationException generation) {
            return of(generation.reason());
        }
        if (error instanceof UndeclaredValueException) {
            return UNDECLARED;
        }
        if (error instanceof UnknownExtensionException) {
            return EXTENSION;
        }
        return error instanceof ModelException ? MODEL : INTERNAL;
    }

    private static ErrorCode of(ConfigurationException.Reason reason) {
        return switch (reason) {
            case NO_FILE -> NO_CONFIGURATION;
            case OTHER_RUN -> OTHER_RUN;
            case PLATFORM -> PLATFORM;
            case PLACE -> PLACE;
            case OTHER -> CONFIGURATION;
        };
    }

    private static ErrorCode of(PrivateDataException.Reason reason) {
        return switch (reason) {
            case RECORD -> RECORD;
            case COLUMN -> COLUMN;
            case CHANGED -> CHANGED;
            case UNSTABLE -> UNSTABLE;
            case DISCOVERY -> DISCOVERY;
            case OTHER -> DATA;
        };
    }

    private static ErrorCode of(PrivacyException.Reason reason) {
        return switch (reason) {
            case BUDGET -> BUDGET;
            case LEDGER -> LEDGER;
            case RELEASE -> RELEASE;
            case TERMS -> TERMS;
            case TARGET -> TARGET;
            case OTHER -> PRIVACY;
        };
    }

    private static ErrorCode of(StoreException.Reason reason) {
        return switch (reason) {
            case HELD -> HELD;
            case DAMAGED -> DAMAGED;
            case VERSION -> STORE_VERSION;
            case UNSAFE -> UNSAFE;
            case OTHER -> STORAGE;
        };
    }

    private static ErrorCode of(GenerationException.Reason reason) {
        return switch (reason) {
            case ENDPOINT -> ENDPOINT;
            case BUDGET -> SPENDING;
            case REJECTED -> REJECTED;
            case GENERATOR -> GENERATOR;
            case OTHER -> GENERATION;
        };
    }

    /** Reads a code as a user writes it: {@code PE-301}, {@code pe-301} or {@code 301}. */
    static Optional<ErrorCode> named(String text) {
        String digits = text.toUpperCase(Locale.ROOT).replace(PREFIX, "");
        return Arrays.stream(values())
                .filter(code -> Integer.toString(code.number).equals(digits))
                .findFirst();
    }

    /** The code as printed, such as {@code PE-301}. */
    String code() {
        return PREFIX + number;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    /** The error in a few words. */
    String title() {
        return title;
    }

    /** The cause: one or more sentences, with Markdown's backquotes. */
    String cause() {
        return cause;
    }

    /** What to do, in sentences with Markdown's backquotes. */
    String remedy() {
        return remedy;
    }
}
