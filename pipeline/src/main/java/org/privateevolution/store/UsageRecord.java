package org.privateevolution.store;

import org.privateevolution.model.endpoint.Usage;

/**
 * What was spent on endpoints, as a run's store keeps it.
 *
 * <p>Tokens and money are what was charged, plus the most that requests of unknown cost, or under way, may cost.
 */
public record UsageRecord(long requests, long promptTokens, long completionTokens, double money) {

    public static UsageRecord of(Usage usage) {
        return new UsageRecord(
                usage.requests(),
                usage.promptTokens() + usage.unaccountedPromptTokensAtMost(),
                usage.completionTokens() + usage.unaccountedCompletionTokensAtMost(),
                usage.money() + usage.unaccountedMoneyAtMost());
    }

    /** The sum of all records in a directory. */
    public static UsageRecord sum(RunFiles files) {
        UsageRecord sum = new UsageRecord(0, 0, 0, 0);
        for (String name : files.list()) {
            StoredObject stored =
                    StoreJson.parseDocument(files.read(name).orElseThrow(), files.location() + "/" + name);
            sum = sum.plus(new UsageRecord(
                    stored.whole("requests"),
                    stored.whole("prompt_tokens"),
                    stored.whole("completion_tokens"),
                    stored.number("money")));
        }
        return sum;
    }

    /** The sum of both records. */
    public UsageRecord plus(UsageRecord other) {
        return new UsageRecord(
                requests + other.requests,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                money + other.money);
    }

    /** Writes the record, replacing an existing one of the same name. */
    public void write(RunFiles files, String name) {
        files.write(
                name,
                StoreJson.pretty(StoreJson.document()
                        .put("requests", requests)
                        .put("prompt_tokens", promptTokens)
                        .put("completion_tokens", completionTokens)
                        .put("money", money)));
    }
}
