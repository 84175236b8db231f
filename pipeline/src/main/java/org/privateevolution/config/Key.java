package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every key of a run configuration. This is the one list of them: unknown keys are found by it, defaults are read from
 * it, and {@code docs/configuration.md} and the command line's help are written from it.
 */
public enum Key {
    NAME("name", "string", derived("the file's name"), "Short name of the run, for job groups and reports."),
    SEED("seed", "integer", value("0"), "Fixes every random choice but the privacy noise."),

    PRIVATE_DATA_FORMAT(
            "private_data.format",
            "`parquet`, `csv`, `json`, `orc`, `delta`, `table`, `dataframe`, `image-folder`, `idx`, `cifar10`, or an"
                    + " [extension](extending.md)",
            derived("`table` if `private_data.table` is given, else required"),
            "How the private records are stored; `json` has one object a line or, with `multiLine: true`, objects and"
                    + " arrays of them; `image-folder`, `idx` and `cifar10` hold images. `dataframe`: a"
                    + " program or notebook gives them."),
    PRIVATE_DATA_FORMAT_VERSION(
            "private_data.format_version",
            "string",
            derived("found when the configuration is read"),
            "What the version of the extension must be that brings the format."),
    PRIVATE_DATA_PATH(
            "private_data.path",
            "path or URI",
            derived("required, except for a table and a DataFrame"),
            "Where the private records are."),
    PRIVATE_DATA_TABLE(
            "private_data.table",
            "`catalog.schema.name`",
            none(),
            "A table of Spark's catalog, instead of `private_data.path`."),
    PRIVATE_DATA_NAME(
            "private_data.name",
            "string",
            derived("required for a DataFrame"),
            "Public name of the data set that a DataFrame holds: what the fingerprint knows it by. Only for the format"
                    + " `dataframe`."),
    PRIVATE_DATA_OPTIONS(
            "private_data.options",
            "map of strings",
            derived("`header: true`, `multiLine: true` for CSV"),
            "How the files are written, by the names of Spark's reader; those that could tear, merge or drop a record"
                    + " are refused."),
    PRIVATE_DATA_CLIENT_COLUMN(
            "private_data.client_column",
            "column name",
            derived("required if `privacy.unit` is `client`"),
            "Column with the client id; only for the client unit."),
    PRIVATE_DATA_PARTITIONS(
            "private_data.partitions",
            "integer, at least 0",
            value("0"),
            "Partitions to spread the private records over; 0 leaves it to Spark."),
    PRIVATE_DATA_STORE_PATH(
            "private_data.store.path",
            "path or URI",
            derived("`output.path` with `-private` after it"),
            "Folder, for the run alone, of what it derives from private records and has to keep: embeddings, copies of"
                    + " sources that may change, names of images that cannot be decoded. It must lie outside"
                    + " `output.path` and `privacy.ledger`, and must not be published."),
    PRIVATE_DATA_STORE_KEEP(
            "private_data.store.keep",
            "boolean",
            value("false"),
            "Whether that folder stays when the results are published, so that an extended run need not embed again."),
    PRIVATE_DATA_STORE_KEY_ENV(
            "private_data.store.key_env",
            "name of an environment variable",
            derived("none: it is not encrypted"),
            "Environment variable of the driver with the key that the folder's files are encrypted by: 256 bits, as 64"
                    + " hexadecimal digits or Base64."),

    LABELS_COLUMN(
            "labels.column",
            "column name",
            none(),
            "Column of the private data that samples are conditioned on. Without it there is one label, `all`."),
    LABELS_TYPE("labels.type", "column type", value("string"), "Type of the label column."),
    LABELS_VALUES(
            "labels.values",
            "list of strings",
            derived("required with `labels.column`"),
            "The labels. They are public: declare them, do not read them from the private data."),
    LABELS_FRACTIONS(
            "labels.fractions",
            "`uniform`, a map from each label to its share, or a map with `noisy`",
            value("uniform"),
            "Share of the samples that each label gets. Shares are public and sum to 1."),
    LABELS_FRACTIONS_NOISY_NOISE_MULTIPLIER(
            "labels.fractions.noisy.noise_multiplier",
            "number from 2^-10 to 2^24",
            derived("required with `labels.fractions.noisy`"),
            "Buys the shares with one noisy count of the private labels, which the ledger charges: standard deviation"
                    + " of its noise, in privacy units."),

    PRIVACY_EPSILON(
            "privacy.epsilon",
            "number, greater than 0",
            derived("this or `privacy.noise_multiplier`"),
            "Epsilon of the whole run at `privacy.delta`; the noise multiplier is derived from it."),
    PRIVACY_NOISE_MULTIPLIER(
            "privacy.noise_multiplier",
            "number from 2^-10 to 2^24",
            derived("this or `privacy.epsilon`"),
            "Standard deviation of the noise of each vote, in votes; epsilon is derived from it."),
    PRIVACY_DELTA(
            "privacy.delta",
            "number between 0 and 1",
            required(),
            "Delta of the guarantee. It is public: derive it from a public bound on the number of records."),
    PRIVACY_UNIT("privacy.unit", "`record` or `client`", value("record"), "Whose presence the guarantee hides."),
    PRIVACY_ADJACENCY(
            "privacy.adjacency",
            "`add-remove` or `replace-one`",
            value("add-remove"),
            "Whether neighbouring data sets differ by one unit more or less, or by one unit replaced."),
    PRIVACY_LEDGER(
            "privacy.ledger",
            "path or URI",
            derived("`private_data.path` and `.ledger`; required for a table or a DataFrame"),
            "Ledger of the private data set, one for all runs on the same data."),
    PRIVACY_BUDGET_EPSILON(
            "privacy.budget.epsilon",
            "number, greater than 0",
            derived("no limit"),
            "A run that would take the ledger past this epsilon is refused before it reads anything. The first run that says it"
                    + " sets it in the ledger, for all runs."),
    PRIVACY_BUDGET_DELTA(
            "privacy.budget.delta",
            "number between 0 and 1",
            derived("required with `privacy.budget.epsilon`"),
            "Delta at which the budget is stated."),

    EVOLUTION_SAMPLES(
            "evolution.samples",
            "integer, at least 1",
            derived("this and `evolution.votes`, or `evolution.schedule`"),
            "Samples of the initial population, and samples selected by each vote."),
    EVOLUTION_VOTES(
            "evolution.votes",
            "integer, at least 1",
            derived("with `evolution.samples`"),
            "Number of votes, which is the number of private releases."),
    EVOLUTION_SCHEDULE(
            "evolution.schedule",
            "list of integers, at least 2",
            none(),
            "Samples of the initial population, then samples selected by each vote, where they differ."),
    EVOLUTION_SELECTION(
            "evolution.selection",
            "`estimate`, `sample` or `rank`",
            derived(
                    "`estimate` for a table whose `evolution` says nothing, and for texts and images without `threshold` and"
                            + " `rules`; else `sample`"),
            "`estimate`: every release so far is explained together by one weighting of synthetic samples, and candidates"
                    + " and results are drawn from it; of a table, marginals are bought first, and of texts and images all"
                    + " samples made so far are weighted. Otherwise how survivors are drawn: in proportion to their noisy"
                    + " votes with replacement, or the ones with the most."),
    EVOLUTION_THRESHOLD(
            "evolution.threshold",
            "number, at least 0",
            derived("no threshold"),
            "Noisy votes at or below it do not survive, and it is taken off the rest."),
    EVOLUTION_VARIATION_FOLD(
            "evolution.variation_fold",
            "integer, at least 0",
            value("1"),
            "Variations of each selected sample in the next population."),
    EVOLUTION_KEEP_SELECTED(
            "evolution.keep_selected",
            "boolean",
            value("false"),
            "Whether the selected samples themselves stay in the next population."),
    EVOLUTION_RULES_VOTES(
            "evolution.rules[].votes",
            "integer, at least 1",
            derived("required, except in the last rule: the remaining votes"),
            "Number of votes in a row that this rule covers. Rules replace the four keys above."),
    EVOLUTION_RULES_SELECTION("evolution.rules[].selection", "as `evolution.selection`", value("sample"), "As above."),
    EVOLUTION_RULES_THRESHOLD(
            "evolution.rules[].threshold", "as `evolution.threshold`", derived("no threshold"), "As above."),
    EVOLUTION_RULES_VARIATION_FOLD(
            "evolution.rules[].variation_fold", "as `evolution.variation_fold`", value("1"), "As above."),
    EVOLUTION_RULES_KEEP_SELECTED(
            "evolution.rules[].keep_selected", "as `evolution.keep_selected`", value("false"), "As above."),
    EVOLUTION_INITIAL_VARIATION_FOLD(
            "evolution.initial_variation_fold",
            "integer, at least 0",
            value("0"),
            "Variations of each initial sample that join the initial population."),
    EVOLUTION_LOOKAHEAD(
            "evolution.lookahead",
            "integer, at least 0",
            value("0"),
            "Variations whose mean embedding stands for a candidate in a vote; 0 uses its own embedding."),
    EVOLUTION_LOOKAHEAD_SELF(
            "evolution.lookahead_self",
            "boolean",
            value("false"),
            "Whether the candidate's own embedding is part of that mean; only with a lookahead."),

    VOTE_METRIC(
            "vote.metric",
            "`l2`, `cosine` or `inner-product`",
            value("l2"),
            "How near a candidate is to a private record."),
    VOTE_NEIGHBORS(
            "vote.neighbors",
            "integer from 1 to 32",
            value("1"),
            "Nearest candidates that share a record's vote, 1/sqrt(neighbors) each."),
    VOTE_BROADCAST_CHUNK_MIB(
            "vote.broadcast_chunk_mib",
            "integer from 1 to 1024",
            value("64"),
            "Largest piece, in MiB, in which candidates are broadcast to executors."),

    TABULAR_COLUMNS_NAME(
            "tabular.columns[].name", "string", required(), "Name of a feature column of the private data."),
    TABULAR_COLUMNS_TYPE(
            "tabular.columns[].type",
            "`string`, `boolean`, `byte`, `short`, `integer`, `long`, `float`, `double`, `decimal(p,s)`, `date`,"
                    + " `timestamp` or `timestamp_ntz`",
            required(),
            "Type of the column."),
    TABULAR_COLUMNS_CATEGORIES(
            "tabular.columns[].categories",
            "list of strings",
            derived("required for `string`; `[false, true]` for `boolean`"),
            "The values the column may have. They are public. A column of any type may have categories instead of"
                    + " bounds."),
    TABULAR_COLUMNS_OTHER(
            "tabular.columns[].other",
            "one of the categories",
            derived("none: an undeclared value is an error"),
            "Category that takes every value that is not declared."),
    TABULAR_COLUMNS_MIN(
            "tabular.columns[].min",
            "value of the type",
            derived("required without categories"),
            "Smallest value. It is public. Dates are written 1910-01-01, timestamps 1910-01-01T00:00:00Z."),
    TABULAR_COLUMNS_MAX(
            "tabular.columns[].max",
            "value of the type",
            derived("required without categories"),
            "Largest value, greater than the smallest."),
    TABULAR_COLUMNS_OUT_OF_RANGE(
            "tabular.columns[].out_of_range",
            "`error` or `clamp`",
            value("error"),
            "What a value beyond the bounds is: an error, or moved to the bound."),
    TABULAR_COLUMNS_DECIMALS(
            "tabular.columns[].decimals",
            "integer from 0 to 15",
            derived("as many as the type has"),
            "Digits after the point that synthetic numbers of a `float` or `double` column have."),
    TABULAR_COLUMNS_SPECIAL(
            "tabular.columns[].special",
            "list of values of the type",
            derived("none"),
            "Numbers, besides 0 and the bounds, that many records may share, such as -1 or 9999. They are public. An estimate"
                    + " counts each apart from the numbers around it, and hits it exactly where its count rises above the"
                    + " noise."),
    TABULAR_COLUMNS_NULLABLE(
            "tabular.columns[].nullable",
            "boolean",
            value("false"),
            "Whether null is a value of its own; if not, a null in the private data is an error."),
    TABULAR_MUTATION_INITIAL(
            "tabular.mutation.initial",
            "number from 0 to 1",
            value("0.5"),
            "How far the first variations move a row: the probability that a category is redrawn, and the share of its"
                    + " range that a number moves by at most."),
    TABULAR_MUTATION_LAST(
            "tabular.mutation.last",
            "number from 0 to 1",
            value("0.01"),
            "The same, after `tabular.mutation.iterations`."),
    TABULAR_MUTATION_DECAY(
            "tabular.mutation.decay",
            "`polynomial` or `linear`",
            value("polynomial"),
            "How the mutation rate goes from the first to the last."),
    TABULAR_MUTATION_GAMMA(
            "tabular.mutation.gamma",
            "number, greater than 0",
            value("0.2"),
            "Exponent of the polynomial decay; linear is 1."),
    TABULAR_MUTATION_ITERATIONS(
            "tabular.mutation.iterations",
            "integer, at least 1",
            value("15"),
            "Votes after which the mutation rate stays at its last value."),
    TABULAR_GENERATION(
            "tabular.generation",
            "map of `name`, `options` and `version`, or of `given`",
            derived("by `tabular.mutation`"),
            "[Extension](extending.md) that makes the rows, or public name of a generator that a program or notebook gives."
                    + " Not with `evolution.selection: estimate`, which draws rows itself."),
    TABULAR_NUMERIC_WEIGHT(
            "tabular.numeric_weight",
            "number, greater than 0",
            value("1"),
            "Length of a numeric column's range in the embedding."),
    TABULAR_CATEGORICAL_WEIGHT(
            "tabular.categorical_weight",
            "number, greater than 0",
            value("0.3333333333333333"),
            "Entry of a categorical column's one-hot vector in the embedding."),

    TEXT_COLUMNS(
            "text.columns",
            "list of strings",
            required(),
            "Columns of the private data that hold the text; several are joined by a blank line."),
    TEXT_LABEL_SEPARATOR(
            "text.label_separator",
            "string",
            derived("none: a label is one variable, named for `labels.column`"),
            "Splits a label into the values of `text.label_variables`."),
    TEXT_LABEL_VARIABLES(
            "text.label_variables",
            "list of strings",
            derived("required with `text.label_separator`"),
            "Variables of the prompts that the parts of a label are, in order."),
    TEXT_EMBEDDING_MODEL(
            "text.embedding.model",
            "path or URI",
            derived("the quantised all-MiniLM-L6-v2 that the text jar brings"),
            "A sentence-transformer as ONNX, weights included. Driver and executors read it."),
    TEXT_EMBEDDING_MODEL_SHA256(
            "text.embedding.model_sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the model's checksum must be."),
    TEXT_EMBEDDING_TOKENIZER(
            "text.embedding.tokenizer",
            "path or URI",
            derived("required with `text.embedding.model`"),
            "Its `tokenizer.json`."),
    TEXT_EMBEDDING_TOKENIZER_SHA256(
            "text.embedding.tokenizer_sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the tokenizer's checksum must be."),
    TEXT_EMBEDDING_POOLING(
            "text.embedding.pooling",
            "`mean` or `cls`",
            value("mean"),
            "How token vectors become a text's vector: their mean, or the first one's."),
    TEXT_EMBEDDING_NORMALIZE(
            "text.embedding.normalize", "boolean", value("true"), "Whether vectors are scaled to length 1."),
    TEXT_EMBEDDING_MAX_TOKENS(
            "text.embedding.max_tokens",
            "integer, at least 1",
            value("256"),
            "Where texts are cut for the embedding, at most what the model was built for."),
    TEXT_EMBEDDING_OUTPUT(
            "text.embedding.output",
            "string",
            derived("the first of shape [texts, tokens, dimension]"),
            "The model's output that holds token vectors."),
    TEXT_EMBEDDING_COLUMN(
            "text.embedding.column",
            "column name",
            derived("none: private texts are embedded on executors"),
            "Column of the private data with vectors that this very model gave the texts: array&lt;float&gt;,"
                    + " array&lt;double&gt;, binary float32 or ML vectors. Each must be a function of its own record"
                    + " alone: nothing fitted on, batched with or normalised by other private records."),
    TEXT_EMBEDDING_EXTENSION(
            "text.embedding.extension",
            "map of `name`, `options` and `version`",
            derived("the model"),
            "[Extension](extending.md) that embeds texts in place of a model."),
    TEXT_GENERATION(
            "text.generation",
            "map of `name`, `options` and `version`, or of `given`",
            derived("this, `text.chat`, `text.llama` or `text.corpus`"),
            "[Extension](extending.md) that makes the texts, or public name of a generator that a program or notebook"
                    + " gives."),
    TEXT_PROMPTS_RANDOM(
            "text.prompts.random",
            "path or URI",
            derived("required, except with `text.corpus`"),
            "Prompt of RANDOM_API, in the reference's JSON format."),
    TEXT_PROMPTS_RANDOM_SHA256(
            "text.prompts.random_sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the prompt's checksum must be."),
    TEXT_PROMPTS_VARIATION(
            "text.prompts.variation",
            "path or URI",
            derived("required, except with `text.corpus`"),
            "Prompt of VARIATION_API."),
    TEXT_PROMPTS_VARIATION_SHA256(
            "text.prompts.variation_sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the prompt's checksum must be."),
    TEXT_SAMPLING_TEMPERATURE(
            "text.sampling.temperature",
            "number, at least 0",
            derived("the model's own"),
            "How freely the model draws its words."),
    TEXT_SAMPLING_TOP_P(
            "text.sampling.top_p",
            "number, greater than 0 and at most 1",
            derived("the model's own"),
            "Share of the likeliest words that are drawn from."),
    TEXT_SAMPLING_SEEDED(
            "text.sampling.seeded",
            "boolean",
            derived("`true` with `text.llama`, else `false`"),
            "Whether a seed is sent with each prompt; some endpoints know none."),
    TEXT_SAMPLING_MAX_COMPLETION_TOKENS(
            "text.sampling.max_completion_tokens",
            "integer, at least 0",
            value("512"),
            "No answer may be longer; 0 for no limit."),
    TEXT_BLANKING_UNIT(
            "text.blanking.unit",
            "`word` or `token`",
            value("word"),
            "What is masked at once in the variable `masked_sample`; without this section there is no such variable."),
    TEXT_BLANKING_MASK("text.blanking.mask", "string", value("_"), "What stands for a masked part."),
    TEXT_BLANKING_PROBABILITIES(
            "text.blanking.probabilities",
            "list of numbers from 0 to 1",
            derived("required with `text.blanking`"),
            "Probability that a part is masked, by completed votes; the last holds from there on."),
    TEXT_LENGTH_STD(
            "text.length.std",
            "number, at least 0",
            value("0"),
            "Variable `word_count` of a variation: its parent's words plus normal noise of this standard deviation;"
                    + " without this section there is no such variable."),
    TEXT_LENGTH_MIN_WORDS("text.length.min_words", "integer, at least 1", value("1"), "Least `word_count`."),
    TEXT_LENGTH_TOKENS_PER_WORD(
            "text.length.tokens_per_word",
            "number, at least 0",
            value("0"),
            "Tokens that an answer may have for each word of `word_count`; 0 for no such limit."),
    TEXT_ANSWERS_TRUNCATED(
            "text.answers.truncated",
            "`keep`, `last-sentence` or `reject`",
            value("last-sentence"),
            "What is done with an answer that was cut off: kept, cut to its last whole sentence, or rejected."),
    TEXT_ANSWERS_MIN_WORDS(
            "text.answers.min_words", "integer, at least 1", value("1"), "Shorter answers are rejected."),
    TEXT_ANSWERS_THOUGHTS(
            "text.answers.thoughts",
            "`remove`, `reject` or `keep`",
            value("remove"),
            "What is done with thoughts that a reasoning model leaves in an answer, such as `<think>...</think>`: taken out,"
                    + " the answer rejected, or kept."),
    TEXT_REJECTIONS_ATTEMPTS(
            "text.rejections.attempts",
            "integer, at least 1",
            value("3"),
            "Prompts for one sample, each with other random choices, before it is left out."),
    TEXT_REJECTIONS_MOST_LEFT_OUT(
            "text.rejections.most_left_out",
            "number from 0 to 1",
            value("0.1"),
            "The run stops if a larger share of a generation's samples cannot be made."),
    TEXT_CHAT_ENDPOINTS_SERVICE(
            "text.chat.endpoints[].service",
            "`openai` or `azure`",
            value("openai"),
            "How the endpoint is addressed; `openai` is every server with `/chat/completions`."),
    TEXT_CHAT_ENDPOINTS_URL(
            "text.chat.endpoints[].url",
            "URL",
            required(),
            "What stands before `/chat/completions`, or the Azure resource. Requests go to the least loaded endpoint."),
    TEXT_CHAT_ENDPOINTS_MODEL(
            "text.chat.endpoints[].model", "string", required(), "Name of the model, or of the Azure deployment."),
    TEXT_CHAT_ENDPOINTS_API_VERSION(
            "text.chat.endpoints[].api_version",
            "string",
            derived("required for `azure`"),
            "Version of Azure's API, such as 2024-10-21."),
    TEXT_CHAT_ENDPOINTS_KEY_ENV(
            "text.chat.endpoints[].key_env",
            "string",
            derived("no key"),
            "Environment variable of the driver that holds the key."),
    TEXT_CHAT_ENDPOINTS_KEY_FILE(
            "text.chat.endpoints[].key_file",
            "path",
            derived("no key"),
            "File on the driver that holds the key and nothing else, instead of `key_env`."),
    TEXT_CHAT_ENDPOINTS_ANSWER_LIMIT(
            "text.chat.endpoints[].answer_limit",
            "`max-tokens` or `max-completion-tokens`",
            value("max-tokens"),
            "The request's field that limits an answer; OpenAI's reasoning models want the second."),
    TEXT_CHAT_ENDPOINTS_PARAMETERS(
            "text.chat.endpoints[].parameters",
            "map of strings",
            derived("none"),
            "More fields of the request's body. A value that is JSON is sent as it is, any other as a text."),
    TEXT_CHAT_LIMITS_CONCURRENCY(
            "text.chat.limits.concurrency",
            "integer, at least 1",
            value("16"),
            "Requests under way at once, over all endpoints."),
    TEXT_CHAT_LIMITS_REQUESTS_PER_MINUTE(
            "text.chat.limits.requests_per_minute",
            "integer, at least 0",
            value("0"),
            "Requests a minute, over all endpoints; 0 for no limit."),
    TEXT_CHAT_LIMITS_TOKENS_PER_MINUTE(
            "text.chat.limits.tokens_per_minute",
            "integer, at least 0",
            value("0"),
            "Tokens a minute, of prompts (four bytes each) and of the longest answers; 0 for no limit."),
    TEXT_CHAT_RETRY_ATTEMPTS("text.chat.retry.attempts", "integer, at least 1", value("10"), "Tries of one request."),
    TEXT_CHAT_RETRY_FIRST_DELAY(
            "text.chat.retry.first_delay",
            "number, greater than 0",
            value("1"),
            "Longest wait, in seconds, after the first failure; it doubles from try to try, and waits are random below it."),
    TEXT_CHAT_RETRY_LONGEST_DELAY(
            "text.chat.retry.longest_delay",
            "number, greater than 0",
            value("120"),
            "Longest wait of all. An endpoint that asks for a longer pause stops the run."),
    TEXT_CHAT_RETRY_TIMEOUT(
            "text.chat.retry.timeout",
            "number, greater than 0",
            value("300"),
            "Seconds that a whole exchange may take."),
    TEXT_CHAT_BUDGET_REQUESTS(
            "text.chat.budget.requests",
            "integer, at least 1",
            derived("no limit"),
            "Requests that the run may send, failed ones and those before a resume included."),
    TEXT_CHAT_BUDGET_PROMPT_TOKENS(
            "text.chat.budget.prompt_tokens",
            "integer, at least 1",
            derived("no limit"),
            "Tokens of prompts that the run may pay for."),
    TEXT_CHAT_BUDGET_COMPLETION_TOKENS(
            "text.chat.budget.completion_tokens",
            "integer, at least 1",
            derived("no limit"),
            "Tokens of answers that the run may pay for."),
    TEXT_CHAT_BUDGET_MONEY(
            "text.chat.budget.money",
            "number, greater than 0",
            derived("no limit"),
            "Money that the run may spend, by `text.chat.prices`."),
    TEXT_CHAT_PRICES_PER_MILLION_PROMPT_TOKENS(
            "text.chat.prices.per_million_prompt_tokens",
            "number, at least 0",
            value("0"),
            "Price of a million tokens of prompts, in any money."),
    TEXT_CHAT_PRICES_PER_MILLION_COMPLETION_TOKENS(
            "text.chat.prices.per_million_completion_tokens",
            "number, at least 0",
            value("0"),
            "Price of a million tokens of answers."),
    TEXT_CHAT_PRICES_PER_ANSWER(
            "text.chat.prices.per_answer", "number, at least 0", value("0"), "Price of an answer, whatever its size."),
    TEXT_LLAMA_MODEL(
            "text.llama.model",
            "path",
            derived("this, `text.chat` or `text.corpus`"),
            "A GGUF file on the driver, to run in its process by llama.cpp."),
    TEXT_LLAMA_MODEL_SHA256(
            "text.llama.model_sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the file's checksum must be."),
    TEXT_LLAMA_CONTEXT_TOKENS(
            "text.llama.context_tokens", "integer, at least 16", value("2048"), "Room for a prompt and its answer."),
    TEXT_LLAMA_PARALLEL("text.llama.parallel", "integer, at least 1", value("4"), "Prompts worked on at once."),
    TEXT_LLAMA_THREADS(
            "text.llama.threads", "integer, at least 0", value("0"), "Threads; 0 for one a processor of the driver."),
    TEXT_LLAMA_REPEAT_PENALTY(
            "text.llama.repeat_penalty",
            "number, at least 1",
            value("1"),
            "What the score of a repeated token is divided by; small models need about 1.1."),
    TEXT_CORPUS_FORMAT(
            "text.corpus.format",
            "`parquet`, `csv`, `json`, `orc` or `text`",
            derived("required with `text.corpus`"),
            "Format of a public corpus that texts are drawn from instead of a model."),
    TEXT_CORPUS_PATH(
            "text.corpus.path", "path or URI", derived("required with `text.corpus`"), "Where the public corpus is."),
    TEXT_CORPUS_OPTIONS(
            "text.corpus.options",
            "map of strings",
            derived("`header: true`, `multiLine: true` for CSV"),
            "How the files are written, as in `private_data.options`."),
    TEXT_CORPUS_COLUMN("text.corpus.column", "column name", value("value"), "Its column with the texts."),
    TEXT_CORPUS_LABEL_COLUMN(
            "text.corpus.label_column",
            "column name",
            derived("required with labels"),
            "Its column with each text's label; texts of other labels are not used."),
    TEXT_CORPUS_NEIGHBORS(
            "text.corpus.neighbors",
            "list of integers from 1 to 31",
            value("[8]"),
            "A variation is one of so many nearest texts, by completed votes; the last holds from there on."),
    TEXT_CORPUS_SHA256(
            "text.corpus.sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the checksum of the texts must be."),

    IMAGES_COLUMN(
            "images.column",
            "column name",
            value("image"),
            "Column of the encoded images (PNG, JPEG, GIF, BMP), binary or a struct with a binary field `bytes`; the synthetic ones get its name."),
    IMAGES_LABELS_FILE(
            "images.labels_file",
            "path or URI",
            derived("required for `idx` with labels, else none"),
            "For `idx`, the file of the labels; for `image-folder`, a CSV with a column `file`, relative to the folder, and those of the label and the client."),
    IMAGES_CORRUPT(
            "images.corrupt",
            "`refuse` or `skip`",
            value("refuse"),
            "What is done about private images that cannot be decoded. They are listed in `corrupt-images` of"
                    + " `private_data.store.path`."),
    IMAGES_MOST_PIXELS(
            "images.most_pixels",
            "integer, at least 1",
            value("25000000"),
            "Private images with more pixels count as ones that cannot be decoded; a task needs 3 bytes for each."),
    IMAGES_HELD_OUT_PATH(
            "images.held_out.path",
            "path or URI",
            none(),
            "Real images, in the format of the private ones, that a classifier which is trained on the synthetic ones is tested on, outside the guarantee."),
    IMAGES_HELD_OUT_LABELS_FILE(
            "images.held_out.labels_file",
            "path or URI",
            derived("required if `images.labels_file` is given"),
            "Their labels, as `images.labels_file`."),
    IMAGES_EMBEDDING_MODEL(
            "images.embedding.model",
            "path or URI",
            derived("none: the pixels themselves are the vector"),
            "An image encoder as ONNX, weights included, that takes one image at a time. Driver and executors read it."),
    IMAGES_EMBEDDING_MODEL_SHA256(
            "images.embedding.model_sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What its checksum must be."),
    IMAGES_EMBEDDING_WIDTH(
            "images.embedding.width", "integer, at least 1", value("32"), "Pixels a row that images are brought to."),
    IMAGES_EMBEDDING_HEIGHT(
            "images.embedding.height", "integer, at least 1", value("32"), "Rows that images are brought to."),
    IMAGES_EMBEDDING_FIT(
            "images.embedding.fit",
            "`stretch` or `crop`",
            value("stretch"),
            "How an image of another shape fits in; `crop` covers the frame and cuts what stands over."),
    IMAGES_EMBEDDING_RESAMPLING(
            "images.embedding.resampling",
            "`nearest`, `bilinear` or `bicubic`",
            value("bilinear"),
            "How pixels are found when the size changes."),
    IMAGES_EMBEDDING_CHANNELS(
            "images.embedding.channels",
            "`rgb` or `grey`",
            value("rgb"),
            "What of a pixel the vector holds; without a model only."),
    IMAGES_EMBEDDING_MEAN(
            "images.embedding.mean",
            "list of 3 numbers",
            value("[0.485, 0.456, 0.406]"),
            "What is taken off red, green and blue, which are 0 to 1; with a model only."),
    IMAGES_EMBEDDING_STD(
            "images.embedding.std",
            "list of 3 numbers, greater than 0",
            value("[0.229, 0.224, 0.225]"),
            "What they are divided by then."),
    IMAGES_EMBEDDING_LAYOUT(
            "images.embedding.layout", "`nchw` or `nhwc`", value("nchw"), "Order of the axes of the model's input."),
    IMAGES_EMBEDDING_OUTPUT(
            "images.embedding.output",
            "string",
            derived("the first that holds floats"),
            "The graph's output that is the vector."),
    IMAGES_EMBEDDING_NORMALIZE(
            "images.embedding.normalize",
            "boolean",
            value("false"),
            "Whether the model's vectors are scaled to length 1."),
    IMAGES_EMBEDDING_DIMENSION(
            "images.embedding.dimension",
            "integer, at least 0",
            value("0"),
            "Floats of the model's vectors, to plan a run without the model; 0 if they are to be found out."),
    IMAGES_EMBEDDING_DEVICE(
            "images.embedding.device",
            "`cpu` or `cuda`",
            value("cpu"),
            "What the model runs on; `cuda` needs onnxruntime_gpu on the class path, and a device on the driver and every executor."),
    IMAGES_EMBEDDING_EXTENSION(
            "images.embedding.extension",
            "map of `name`, `options` and `version`",
            derived("the pixels or the model"),
            "[Extension](extending.md) that embeds images, which are brought to `width` and `height` first."),
    IMAGES_GENERATION(
            "images.generation",
            "map of `name`, `options` and `version`, or of `given`",
            derived("this, `images.draw_text`, `images.avatar`, `images.pool` or `images.api`"),
            "[Extension](extending.md) that makes the images, or public name of a generator that a program or notebook"
                    + " gives."),
    IMAGES_DRAW_TEXT_FONTS(
            "images.draw_text.fonts",
            "path or URI",
            derived("required with `images.draw_text`"),
            "Folder whose `.ttf` and `.otf` files, subfolders included, the labels are drawn with."),
    IMAGES_DRAW_TEXT_FONTS_SHA256(
            "images.draw_text.fonts_sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the checksum of the fonts must be."),
    IMAGES_DRAW_TEXT_WIDTH("images.draw_text.width", "integer, from 1 to 4096", value("28"), "Pixels a row."),
    IMAGES_DRAW_TEXT_HEIGHT("images.draw_text.height", "integer, from 1 to 4096", value("28"), "Rows."),
    IMAGES_DRAW_TEXT_TEXTS(
            "images.draw_text.texts",
            "list of strings, one a label",
            derived("the labels"),
            "What is drawn for each label, in the order of `labels.values`."),
    IMAGES_DRAW_TEXT_SIZE(
            "images.draw_text.size",
            "least and most, greater than 0",
            value("[10, 29]"),
            "Font size, in pixels an em."),
    IMAGES_DRAW_TEXT_STROKE(
            "images.draw_text.stroke",
            "least and most, at least 0",
            value("[0, 2]"),
            "Pixels by which outlines are widened to either side."),
    IMAGES_DRAW_TEXT_ROTATION(
            "images.draw_text.rotation", "least and most, from -180 to 180", value("[-30, 30]"), "Degrees, clockwise."),
    IMAGES_DRAW_TEXT_VARIATION_FONT(
            "images.draw_text.variation.font",
            "list of numbers from 0 to 1",
            value("[1, 0.8, 0.4, 0.2, 0]"),
            "Probability that a variation has another font, by completed votes; the last holds from there on."),
    IMAGES_DRAW_TEXT_VARIATION_SIZE(
            "images.draw_text.variation.size",
            "list of numbers, at least 0",
            value("[6, 5, 4, 3, 2]"),
            "How far its size may be from its parent's."),
    IMAGES_DRAW_TEXT_VARIATION_STROKE(
            "images.draw_text.variation.stroke",
            "list of numbers, at least 0",
            value("[1, 1, 1, 0, 0]"),
            "The same of its stroke."),
    IMAGES_DRAW_TEXT_VARIATION_ROTATION(
            "images.draw_text.variation.rotation",
            "list of numbers, at least 0",
            value("[11, 9, 7, 5, 3]"),
            "The same of its rotation."),
    IMAGES_AVATAR_WIDTH("images.avatar.width", "integer, from 1 to 4096", value("64"), "Pixels a row of a portrait."),
    IMAGES_AVATAR_HEIGHT("images.avatar.height", "integer, from 1 to 4096", value("64"), "Rows of a portrait."),
    IMAGES_AVATAR_REDRAW(
            "images.avatar.redraw",
            "list of numbers from 0 to 1",
            value("[0.5, 0.4, 0.3, 0.2, 0.1]"),
            "Probability that a variation draws one of its choices, such as the hair's style, anew, by completed votes; the last holds from there on."),
    IMAGES_AVATAR_STEP(
            "images.avatar.step",
            "list of numbers from 0 to 1",
            value("[0.3, 0.2, 0.15, 0.1, 0.05]"),
            "The most that a variation moves a number, such as the face's width, as a share of its range, by completed votes."),
    IMAGES_POOL_PATH(
            "images.pool.path",
            "path or URI",
            derived("required with `images.pool`"),
            "Folder of public images to draw from instead of a model; with labels, those of each in a folder of its name."),
    IMAGES_POOL_NEIGHBORS(
            "images.pool.neighbors",
            "list of integers from 1 to 31",
            value("[8]"),
            "A variation is one of so many nearest images, by completed votes; the last holds from there on."),
    IMAGES_POOL_SHA256(
            "images.pool.sha256",
            "64 hexadecimal digits",
            derived("computed when the run starts"),
            "What the checksum of the pool must be."),
    IMAGES_API_PROTOCOL(
            "images.api.protocol",
            "`webui`, `openai` or `http`",
            derived("required with `images.api`"),
            "The Stable Diffusion web UI's, OpenAI's images, or this project's own, which docs/image-endpoints.md describes."),
    IMAGES_API_ENDPOINTS_URL(
            "images.api.endpoints[].url",
            "URL",
            required(),
            "What stands before `/sdapi`, `/images` or `/random`. Requests go to the least loaded endpoint."),
    IMAGES_API_ENDPOINTS_KEY_ENV(
            "images.api.endpoints[].key_env",
            "string",
            derived("no key"),
            "Environment variable of the driver that holds the key."),
    IMAGES_API_ENDPOINTS_KEY_FILE(
            "images.api.endpoints[].key_file",
            "path",
            derived("no key"),
            "File on the driver that holds the key and nothing else, instead of `key_env`."),
    IMAGES_API_ENDPOINTS_AUTHORIZATION(
            "images.api.endpoints[].authorization",
            "`bearer`, `basic` or `api-key`",
            value("bearer"),
            "How the key is shown; `basic` is the web UI's, of `user:password` in base64, `api-key` Azure's."),
    IMAGES_API_MODEL(
            "images.api.model", "string", derived("required for `openai`"), "Name of the model; for `openai` only."),
    IMAGES_API_VARIATION(
            "images.api.variation",
            "`edit` or `variation`",
            value("edit"),
            "Whether `openai` varies an image by an edit with the variation prompt, or without a prompt."),
    IMAGES_API_RESPONSE_FORMAT(
            "images.api.response_format",
            "boolean",
            value("true"),
            "Whether `openai` is asked for base64 by `response_format`; gpt-image models send it unasked and refuse the field."),
    IMAGES_API_PARAMETERS(
            "images.api.parameters",
            "map of strings",
            derived("none"),
            "More fields of the requests of `webui` and `openai`. A value that is JSON is sent as it is, any other as a text."),
    IMAGES_API_WIDTH("images.api.width", "integer, from 1 to 4096", value("512"), "Pixels a row of an image."),
    IMAGES_API_HEIGHT("images.api.height", "integer, from 1 to 4096", value("512"), "Rows of an image."),
    IMAGES_API_PROMPTS(
            "images.api.prompts",
            "list of strings, one a label",
            derived("required with `images.api`"),
            "The prompt of each label, in the order of `labels.values`."),
    IMAGES_API_VARIATION_PROMPTS(
            "images.api.variation_prompts",
            "list of strings, one a label",
            derived("`images.api.prompts`"),
            "The prompt of each label for variations."),
    IMAGES_API_DEGREES(
            "images.api.degrees",
            "list of numbers, at least 0",
            derived("required with `images.api`"),
            "Variation degrees, by completed votes; the last holds from there on. From 0 to 1 for `webui`; not sent to `openai`; what `http` makes of them is the server's."),
    IMAGES_API_GUIDANCE(
            "images.api.guidance",
            "list of numbers, at least 0",
            value("[7.5]"),
            "Guidance scales, by completed votes; the first is that of RANDOM_API, too."),
    IMAGES_API_STEPS(
            "images.api.steps",
            "list of integers, at least 1",
            value("[50]"),
            "Denoising steps, by completed votes; the first are those of RANDOM_API, too."),
    IMAGES_API_PRICE_PER_IMAGE(
            "images.api.price_per_image", "number, at least 0", value("0"), "Price of an image, in any money."),
    IMAGES_API_REJECTIONS_ATTEMPTS(
            "images.api.rejections.attempts",
            "integer, at least 1",
            value("3"),
            "Requests for one image, each with another seed, if answers are rejected."),
    IMAGES_API_REJECTIONS_MOST_LEFT_OUT(
            "images.api.rejections.most_left_out",
            "number, from 0 to 1",
            value("0.1"),
            "The run stops if a larger share of a generation's images cannot be made."),
    IMAGES_API_LIMITS_CONCURRENCY(
            "images.api.limits.concurrency",
            "integer, at least 1",
            value("16"),
            "Requests under way at once, over all endpoints."),
    IMAGES_API_LIMITS_REQUESTS_PER_MINUTE(
            "images.api.limits.requests_per_minute",
            "integer, at least 0",
            value("0"),
            "Requests a minute, over all endpoints; 0 for no limit."),
    IMAGES_API_RETRY_ATTEMPTS("images.api.retry.attempts", "integer, at least 1", value("10"), "Tries of one request."),
    IMAGES_API_RETRY_FIRST_DELAY(
            "images.api.retry.first_delay",
            "number, greater than 0",
            value("1"),
            "Longest wait, in seconds, after the first failure; it doubles from try to try, and waits are random below it."),
    IMAGES_API_RETRY_LONGEST_DELAY(
            "images.api.retry.longest_delay",
            "number, greater than 0",
            value("120"),
            "Longest wait of all. An endpoint that asks for a longer pause stops the run."),
    IMAGES_API_RETRY_TIMEOUT(
            "images.api.retry.timeout",
            "number, greater than 0",
            value("300"),
            "Seconds that a whole exchange may take."),
    IMAGES_API_BUDGET_REQUESTS(
            "images.api.budget.requests",
            "integer, at least 1",
            derived("no limit"),
            "Requests that the run may send, failed ones and those before a resume included."),
    IMAGES_API_BUDGET_MONEY(
            "images.api.budget.money",
            "number, greater than 0",
            derived("no limit"),
            "Money that the run may spend, by `images.api.price_per_image`."),

    EVALUATION_PRIVATE_METRICS(
            "evaluation.private_metrics",
            "boolean",
            value("false"),
            "Whether to compare the synthetic with the private data. Such figures are outside the guarantee."),
    EVALUATION_METRICS(
            "evaluation.metrics",
            "list of maps of `name`, `options` and `version`",
            derived("none"),
            "[Extensions](extending.md) that measure the synthetic samples. Those that compare with the private data need"
                    + " `evaluation.private_metrics`."),

    OUTPUT_PATH(
            "output.path",
            "path or URI",
            required(),
            "Directory of the synthetic data, the guarantee, the metrics and the iteration store."),
    OUTPUT_FORMATS(
            "output.formats",
            "list of `parquet`, `csv` and `jsonl`; of images, `png` and `parquet`",
            derived("`[parquet, csv]`; of images, `[png]`"),
            "Formats of the synthetic data."),
    OUTPUT_PUBLISH(
            "output.publish",
            "`selected` or `population`",
            derived("`selected` if the last rule keeps the selected, else `population`"),
            "Whether the samples that the last vote selected are published, or the population that it led to; an estimate"
                    + " publishes neither."),
    OUTPUT_ROWS(
            "output.rows",
            "integer, at least 1",
            derived("the last number of `evolution.schedule`; only with `evolution.selection: estimate`"),
            "Samples to draw from the estimate. Costs no privacy, however many. No text or image is drawn twice, so there"
                    + " are no more of them than were made."),
    OUTPUT_WEIGHTS(
            "output.weights",
            "boolean",
            value("false"),
            "Adds a column `weight` to texts and images that an estimate publishes: how much each of them counts among"
                    + " those of its label, 1 on average.");

    private enum Presence {
        REQUIRED,
        VALUE,
        DERIVED
    }

    private record Default(Presence presence, String text) {}

    private final String path;
    private final String type;
    private final Presence presence;
    private final String fallback;
    private final String meaning;

    Key(String path, String type, Default fallback, String meaning) {
        this.path = path;
        this.type = type;
        this.presence = fallback.presence();
        this.fallback = fallback.text();
        this.meaning = meaning;
    }

    private static Default required() {
        return new Default(Presence.REQUIRED, "required");
    }

    private static Default none() {
        return derived("none");
    }

    private static Default derived(String words) {
        return new Default(Presence.DERIVED, words);
    }

    private static Default value(String yaml) {
        return new Default(Presence.VALUE, yaml);
    }

    /** Dotted path, with {@code []} after the name of a list. */
    public String path() {
        return path;
    }

    /** What values it takes, in Markdown. */
    public String type() {
        return type;
    }

    /** What holds if it is not given, in Markdown. */
    public String fallback() {
        return presence == Presence.VALUE ? "`" + fallback + "`" : fallback;
    }

    /** What it means, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Its value if it is not given, as YAML; empty if it is required or follows from other keys. */
    Optional<String> defaultYaml() {
        return presence == Presence.VALUE ? Optional.of(fallback) : Optional.empty();
    }

    boolean isRequired() {
        return presence == Presence.REQUIRED;
    }

    /** The last name of its path. */
    String leaf() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Names of the keys and groups directly in {@code group}, whose path is written as {@link #path()} is. */
    static List<String> namesIn(String group) {
        String prefix = group.isEmpty() ? "" : group + ".";
        Set<String> names = new LinkedHashSet<>();
        for (Key key : values()) {
            if (key.path.startsWith(prefix)) {
                String rest = key.path.substring(prefix.length());
                int dot = rest.indexOf('.');
                String name = dot < 0 ? rest : rest.substring(0, dot);
                names.add(name.endsWith("[]") ? name.substring(0, name.length() - 2) : name);
            }
        }
        return new ArrayList<>(names);
    }
}
