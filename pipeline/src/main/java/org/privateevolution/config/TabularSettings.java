package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.privateevolution.constraint.ClientConstraints;
import org.privateevolution.constraint.ConstraintReader;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.constraint.Contradictions;
import org.privateevolution.constraint.SetCheck;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.DiscoverySpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.IdPattern;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableModality;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.spi.Content;

/** The section of a table: its declared schema, and how rows are varied and embedded. */
final class TabularSettings extends ModalitySettings<TableModality> {

    private static final String JSON = "json";

    final ColumnSettings columns = mountList(
            "columns",
            new ColumnSettings(),
            tabular -> tabular.discovery().isPresent() && tabular.declared().isEmpty() ? null : tabular.declared());
    final DiscoverSettings discover = mount(
            "discover", new DiscoverSettings(), tabular -> tabular.discovery().orElse(null));
    final ChildSettings children = mountList(
            "children", new ChildSettings(), tabular -> tabular.children().isEmpty() ? null : tabular.children());
    final Setting<String> locale = optional(
                    "locale", Text.of("string"), GeneratedColumns.USUAL_LOCALE, TableModality::locale)
            .otherwise("`" + GeneratedColumns.USUAL_LOCALE + "`")
            .means("Language, and optionally country, of made-up names and addresses, such as `de` or `pt-BR`; see the"
                    + " [list of locales](identifiers.md#names-and-addresses).");
    final Setting<List<Constraint>> constraints = optional(
                    "constraints",
                    Listed.any(new ConstraintType(), "list of conditions"),
                    List.of(),
                    TableModality::constraints)
            .means("[Constraints](constraints.md) that every synthetic row obeys: conditions in SQL, such as `start <="
                    + " end` or `gross = net + tax`, `UNIQUE (store, day)`, or `city DETERMINES country`, with a map of"
                    + " the values or without. They are public.");
    final MutationSettings mutation = mount("mutation", new MutationSettings(), TableModality::mutation);
    final Setting<ForeignGenerator> generation = optional(
                    "generation", ExtensionType.generator(Content.ROWS), null, tabular -> tabular.generator()
                            .orElse(null))
            .otherwise("by `tabular.mutation`")
            .means("[Extension](extending.md) that makes the rows, or public name of a generator that a program or"
                    + " notebook gives. Not with `tabular.mutation`, nor with `evolution.selection: estimate`,"
                    + " which draws rows itself.");
    final Setting<Double> numericWeight = value("numeric_weight", Real.POSITIVE, 1.0, TableModality::numericWeight)
            .means("Length of a numeric column's range in the embedding.");
    final Setting<Double> categoricalWeight = value(
                    "categorical_weight", Real.POSITIVE, 1.0 / 3, TableModality::categoricalWeight)
            .means("Entry of a categorical column's one-hot vector in the embedding.");

    @Override
    Class<TableModality> kind() {
        return TableModality.class;
    }

    @Override
    boolean isTable() {
        return true;
    }

    @Override
    String role() {
        return "one of tabular.columns; remove it there";
    }

    @Override
    TableModality read(Section section, Problems problems, RunSpec.Labels labels, RunSpec.PrivateData data) {
        DiscoverySpec wanted = section.has(discover) ? discovery(section, data) : null;
        boolean undeclared = section.has(discover) && !(section.has(children) && section.has(columns));
        List<DeclaredColumn> declared = undeclared ? List.of() : columns(section);
        RunSpec.Mutation moves = mutation.read(section.open(mutation));
        // Canonical configurations contain the default mutation, although nobody gave it.
        if (section.has(generation) && moves != null && !moves.equals(MutationSettings.USUAL)) {
            section.problem(mutation, "is not allowed with tabular.generation, which makes the rows: remove it");
        }
        Optional<ForeignGenerator> generator = Optional.ofNullable(section.get(generation));
        if (section.has(discover)) {
            List<ChildDeclaration> tables = section.has(children) ? children(section, declared, data) : List.of();
            checkLeftOut(section, declared, tables, labels);
            return section.make(() -> new UndiscoveredTable(
                    wanted,
                    declared,
                    tables,
                    section.get(locale),
                    moves,
                    generator,
                    section.get(numericWeight),
                    section.get(categoricalWeight)));
        }
        TableSchema schema = schema(section, declared);
        if (section.has(children)) {
            return clients(section, schema, declared, moves, labels, data);
        }
        RunSpec.Tabular table = section.make(() -> new RunSpec.Tabular(
                schema,
                GeneratedColumns.among(declared, section.get(locale)),
                moves,
                generator,
                section.get(numericWeight),
                section.get(categoricalWeight),
                section.get(constraints)));
        if (table != null && labels != null) {
            checkConstraints(section, problems, table, labels);
        }
        return section.make(() -> table);
    }

    private RunSpec.Tabular clients(
            Section section,
            TableSchema root,
            List<DeclaredColumn> declared,
            RunSpec.Mutation moves,
            RunSpec.Labels labels,
            RunSpec.PrivateData data) {
        List<ChildDeclaration> entries = children(section, declared, data);
        if (entries == null || root == null || data == null || declared.contains(null)) {
            return null;
        }
        if (labels != null) {
            refuseLabels(section, entries, labels);
        }
        try {
            RunSpec.Tabular joined = section.make(() -> new RunSpec.Tabular(
                    new ClientTables(
                            root, entries.stream().map(ChildDeclaration::table).toList()),
                    GeneratedColumns.among(declared, section.get(locale)),
                    moves,
                    section.get(numericWeight),
                    section.get(categoricalWeight),
                    section.get(constraints)));
            if (joined != null && labels != null) {
                checkConstraints(section, joined, labels);
            }
            return section.make(() -> joined);
        } catch (IllegalArgumentException e) {
            section.problem(children, e.getMessage());
            return null;
        }
    }

    /** Checks the constraints of clients and of the rows in their child tables. */
    private void checkConstraints(Section section, RunSpec.Tabular joined, RunSpec.Labels labels) {
        problems(ClientConstraints.reader(joined, labels), joined.constraints())
                .forEach(problem -> section.problem(constraints, problem.rule(), problem.message()));
        List<Section> entries = section.openList(children);
        List<ChildTable> tables = joined.clients().orElseThrow().children();
        for (int child = 0; child < tables.size(); child++) {
            children.checkConstraints(entries.get(child), tables.get(child));
        }
    }

    /** What is wrong with constraints of one of the tables of clients. */
    static List<ConstraintReader.Problem> problems(ConstraintReader reader, List<Constraint> declared) {
        Constraints read = reader.read();
        List<ConstraintReader.Problem> found = new ArrayList<>(reader.problems());
        for (SetCheck check : read.setChecks()) {
            String rule = check.determined().isEmpty()
                    ? "UNIQUE is not allowed with tabular.children, where only keys and ids differ; remove it"
                    : "DETERMINES needs a map of values with tabular.children: add the map";
            found.add(new ConstraintReader.Problem(
                    check.rule(), "`" + declared.get(check.rule()).text() + "`: " + rule));
        }
        if (found.isEmpty()) {
            new Contradictions(declared, read).find().ifPresent(found::add);
        }
        return found;
    }

    /**
     * The child tables as they are declared; null if there is none, or nothing can be said of them.
     *
     * @param root the declared columns of the clients
     */
    private List<ChildDeclaration> children(Section section, List<DeclaredColumn> root, RunSpec.PrivateData data) {
        section.refuse(generation, "it is not allowed with tabular.children: rows are drawn here; remove it");
        if (root.stream().anyMatch(SetColumn.class::isInstance)) {
            section.problem(
                    columns, "sets are not allowed with tabular.children: declare a boolean column per member instead");
        }
        if (data != null && data.clientColumn().isEmpty()) {
            section.problem(
                    children,
                    "need a client as the privacy unit: set privacy.unit: client, and private_data.client_column to the"
                            + " key of tabular.columns");
        }
        List<Section> entries = section.openList(children);
        if (entries == null || data == null || root.stream().anyMatch(Objects::isNull)) {
            return null;
        }
        Set<String> names = root.stream().map(DeclaredColumn::name).collect(Collectors.toSet());
        List<ChildDeclaration> tables = entries.stream()
                .map(entry -> children.read(entry, names, section.get(locale), data, section.has(discover)))
                .toList();
        if (tables.stream().filter(table -> table != null && !table.isApart()).count() > 1) {
            section.problem(
                    children, "two of them have no path, but the rows of private_data belong to one: give paths");
        }
        return tables;
    }

    /** Checks that a discovery of clients has something to find, and is told where. */
    private void checkLeftOut(
            Section section, List<DeclaredColumn> root, List<ChildDeclaration> tables, RunSpec.Labels labels) {
        if (tables == null || tables.isEmpty() || tables.contains(null)) {
            return;
        }
        if (labels != null) {
            refuseLabels(section, tables, labels);
        }
        Set<String> names = new HashSet<>();
        if (!tables.stream().allMatch(table -> names.add(table.name().toLowerCase(Locale.ROOT)))) {
            section.problem(children, "two of them have the same name: give each its own");
        }
        boolean labelled = labels == null || !labels.undiscovered();
        if (labelled
                && !root.isEmpty()
                && tables.stream().allMatch(table -> table.knowsColumns() && table.knowsRows())) {
            section.problem(discover, "has nothing to find: all columns and numbers of rows are declared; remove it");
        }
        Section wanted = section.open(discover);
        if (!root.isEmpty()) {
            wanted.refuse(discover.columns, "tabular.columns are declared: remove one of the two");
        } else if (tables.stream().anyMatch(table -> !table.isApart())) {
            wanted.require(
                    discover.columns,
                    "required for one wide table: name the columns that are the same in all rows of a client");
        }
    }

    /** Rows that are in the table of the clients have the label among their columns. */
    private void refuseLabels(Section section, List<ChildDeclaration> tables, RunSpec.Labels labels) {
        for (ChildDeclaration table : tables) {
            if (table == null || table.isApart()) {
                continue;
            }
            table.columns().stream()
                    .map(DeclaredColumn::name)
                    .filter(labels.columns().columnNames()::contains)
                    .forEach(name -> section.problem(
                            children,
                            name + " is a label, which belongs to the client, and a column of table '" + table.name()
                                    + "': keep one of them"));
        }
    }

    private void checkConstraints(Section section, Problems problems, RunSpec.Tabular table, RunSpec.Labels labels) {
        ConstraintReader reader = new ConstraintReader(table, labels);
        Constraints read = reader.read();
        List<ConstraintReader.Problem> found = new ArrayList<>(reader.problems());
        if (found.isEmpty()) {
            new Contradictions(table.constraints(), read).find().ifPresent(found::add);
        }
        String path = section.given(constraints).path();
        found.forEach(problem -> problems.add(path + "." + problem.rule(), problem.message()));
    }

    /**
     * Checks constraints that depend on the rest of the run.
     *
     * @param table the table, whose constraints are sound
     * @param rows number of rows that the run publishes
     * @param beside whether the rows have a text, which is written before these constraints are imposed
     */
    void checkConstraints(
            Problems problems,
            RunSpec.Tabular table,
            RunSpec.Labels labels,
            long rows,
            boolean beside,
            boolean estimates) {
        Constraints read = Constraints.of(table, labels);
        if (beside && read.key().isPresent()) {
            problems.add(
                    constraints.path() + "." + read.key().get().rule(),
                    "UNIQUE of learnt columns is not allowed beside text: texts are written for the columns, before"
                            + " rows that repeat a key are changed; add a column of type id, or leave it out");
        } else if (beside && read.areLearnt() && !estimates) {
            problems.add(
                    constraints.path(),
                    "DETERMINES without a map of values needs evolution.selection: estimate beside text: texts are"
                            + " written for the columns, before the values are known; add the map of values");
        } else {
            new Contradictions(table.constraints(), read)
                    .tooFewKeys(rows)
                    .ifPresent(problem -> problems.add(constraints.path() + "." + problem.rule(), problem.message()));
        }
    }

    /** Returns null if a declaration is wrong. */
    private TableSchema schema(Section section, List<DeclaredColumn> declared) {
        try {
            return section.make(() -> TableSchema.of(LearntColumn.among(declared)));
        } catch (IllegalArgumentException e) {
            section.problem(columns, e.getMessage());
            return null;
        }
    }

    /** Whether the run is to discover its columns. */
    boolean discovers(Section section) {
        return section.has(discover);
    }

    private DiscoverySpec discovery(Section section, RunSpec.PrivateData data) {
        if (section.has(columns) && !section.has(children)) {
            section.problem(
                    columns,
                    "is not allowed with tabular.discover, which finds the columns: remove one of the two; to name the"
                            + " columns to examine, use tabular.discover.columns");
        }
        if (section.has(constraints)) {
            section.problem(
                    constraints,
                    "is not allowed with tabular.discover: constraints name columns and values, all of which must be"
                            + " known before; declare what is left out, which `pe discover` drafts, or remove the"
                            + " constraints");
        }
        Section wanted = section.open(discover);
        if (data != null && data.isExtension()) {
            section.problem(
                    discover,
                    "is not allowed with the format " + data.format()
                            + " of an extension, which declares no columns: declare tabular.columns");
        }
        if (data != null && data.format().equals(JSON) && !section.has(columns)) {
            wanted.require(
                    discover.columns,
                    "required for json, whose columns are named only by its records: list the columns to examine");
        }
        return discover.read(wanted);
    }

    private List<DeclaredColumn> columns(Section section) {
        List<Section> entries = section.openList(columns);
        if (entries == null || entries.isEmpty()) {
            section.missing(
                    columns,
                    "declare at least one feature column, or set tabular.discover: {} to have the run find them");
            return List.of();
        }
        List<DeclaredColumn> declared = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Section entry = entries.get(i);
            String name = entry.get(columns.name);
            Integer first = name == null ? null : places.putIfAbsent(name, i);
            if (first != null) {
                entry.conflict(columns.name, name + " is a duplicate of column " + first);
            }
            declared.add(columns.read(entry));
        }
        // A column with a wrong declaration is null; it may be meant to be learnt.
        if (!declared.contains(null) && declared.stream().noneMatch(LearntColumn.class::isInstance)) {
            section.problem(
                    columns, "all are made up: declare at least one column that is learnt from the private data");
        }
        return declared;
    }

    /** The settings of the discovery of the columns. */
    static final class DiscoverSettings extends Group<DiscoverySpec> {

        /** Measured: see docs/discovery.md. */
        private static final double USUAL_SHARE = 0.2;

        final Setting<List<String>> columns = optional(
                        "columns",
                        Listed.distinct(Text.of("column name"), "list of column names"),
                        List.of(),
                        DiscoverySpec::columns)
                .otherwise("all that the source declares; required for `json`, which declares none")
                .means("Columns to examine. With fewer columns, each gets less noise.");
        final Setting<Double> share = value("share", new Real(0, false, 1, false), USUAL_SHARE, DiscoverySpec::share)
                .means("Share of the run's privacy budget that the [discovery](discovery.md) gets, measured as mu"
                        + " squared. With `discover`, the run finds `tabular.columns` itself;"
                        + " `discover: {}` is enough.");

        DiscoverySpec read(Section section) {
            return section.make(() -> new DiscoverySpec(section.get(columns), section.get(share)));
        }
    }

    /** The settings of one column. */
    static final class ColumnSettings extends Group<DeclaredColumn> {

        final Setting<String> name = required("name", Text.of("string"), DeclaredColumn::name)
                .means("Name of a feature column of the private data, or of a made-up column.");
        final Setting<DeclaredType> type = required("type", DeclaredType.texts(), DeclaredType::of)
                .means("Type of the column, or the [kind of value to make up](identifiers.md): a made-up column is"
                        + " never read from the private data.");
        final Setting<IdPattern> pattern = optional(
                        "pattern",
                        DeclaredType.patterns(),
                        null,
                        column -> column instanceof GeneratedColumn made ? made.pattern() : null)
                .otherwise("the numbers from 1 on")
                .means("Form of the ids of a column of type `id`, such as `C-[0-9]{8}`. No id is given twice.");
        final Setting<List<String>> categories = optional(
                        "categories",
                        Listed.distinct(Text.any("string"), "list of strings"),
                        null,
                        listed(CategoricalColumn::categories, SetColumn::members))
                .otherwise("required for `string` and `array<string>`; `[false, true]` for `boolean`")
                .means("Values that the column may have, or members that its sets may have. They are public. A column"
                        + " of any type may have categories instead of bounds.");
        final Setting<String> other = optional(
                        "other",
                        Text.of("one of the categories"),
                        null,
                        listed(CategoricalColumn::other, SetColumn::other))
                .otherwise("none: an undeclared value is an error")
                .means("Category that replaces every undeclared value.");
        final Setting<Integer> usualMembers = optional(
                        "usual_members",
                        Whole.atLeast(1),
                        null,
                        listed(
                                column -> null,
                                set -> set.usual() == set.members().size() ? null : set.usual()))
                .otherwise("the number of categories")
                .means("Number of members that most sets have at most, for `array<string>`. It is public, and no bound:"
                        + " two sets of that size without a common member are as far apart as two categories, and"
                        + " random sets have that many members on average.");
        final Setting<String> min = optional(
                        "min", Text.of("value of the type"), null, numeric(column -> column.text(column.min())))
                .otherwise("required without categories")
                .means("Smallest value. It is public. Dates are written 1910-01-01, timestamps 1910-01-01T00:00:00Z.");
        final Setting<String> max = optional(
                        "max", Text.of("value of the type"), null, numeric(column -> column.text(column.max())))
                .otherwise("required without categories")
                .means("Largest value, greater than the smallest.");
        final Setting<Boolean> clamp = value(
                        "out_of_range", Words.flag("error", "clamp"), false, numeric(NumericColumn::clamp))
                .means("What happens to a value outside the bounds: an error, or the value becomes the bound.");
        final Setting<Integer> decimals = optional(
                        "decimals", Whole.between(0, 15), NumericColumn.ALL_DECIMALS, numeric(NumericColumn::decimals))
                .otherwise("as many as the type has")
                .means("Decimal places of the synthetic numbers in a `float` or `double` column.");
        final Setting<List<String>> special = optional(
                        "special",
                        Listed.distinct(Text.any("value of the type"), "list of values of the type"),
                        List.of(),
                        numeric(column ->
                                column.special().stream().map(column::text).toList()))
                .means("Numbers, other than 0 and the bounds, that many records may share, such as -1 or 9999. They are"
                        + " public. An estimate counts each of them separately from the numbers around it, and"
                        + " reproduces it exactly if its count is visible through the noise.");
        final Setting<Boolean> nullable = flag(
                        "nullable", false, column -> column instanceof LearntColumn learnt ? learnt.nullable() : null)
                .means("Whether null is a value of its own; if not, a null in the private data is an error.");

        private static <T> Function<DeclaredColumn, T> listed(
                Function<CategoricalColumn, T> of, Function<SetColumn, T> ofSet) {
            return column -> {
                if (column instanceof SetColumn set) {
                    return ofSet.apply(set);
                }
                return column instanceof CategoricalColumn known ? of.apply(known) : null;
            };
        }

        private static <T> Function<DeclaredColumn, T> numeric(Function<NumericColumn, T> of) {
            return column -> column instanceof NumericColumn known ? of.apply(known) : null;
        }

        DeclaredColumn read(Section section) {
            DeclaredType declared = section.get(type);
            if (section.get(name) == null || declared == null) {
                return null;
            }
            if (declared.generated() != null) {
                return generated(section, declared.generated());
            }
            section.refuse(pattern, "only a column of type id has one");
            if (!declared.isSet()) {
                section.refuse(usualMembers, "only a column of type " + SetColumn.TYPE + " has members");
            }
            try {
                return declared.isSet() ? set(section) : single(section, declared.type());
            } catch (IllegalArgumentException e) {
                section.conflict(e.getMessage());
                return null;
            }
        }

        private GeneratedColumn generated(Section section, GeneratedColumn.Kind kind) {
            String reason = "a column of type " + kind.configName() + " is made up, and nothing is learnt for it";
            Stream.of(categories, other, usualMembers, min, max, clamp, decimals, special, nullable)
                    .forEach(setting -> section.refuse(setting, reason));
            if (kind != GeneratedColumn.Kind.ID) {
                section.refuse(pattern, "only a column of type id has one");
            }
            return section.make(() -> new GeneratedColumn(section.get(name), kind, section.get(pattern)));
        }

        private Column single(Section section, ColumnType known) {
            boolean hasCategories = section.has(categories)
                    || known.kind() == ColumnType.Kind.STRING
                    || known.kind() == ColumnType.Kind.BOOLEAN;
            return hasCategories ? categorical(section, known) : numeric(section, known);
        }

        private SetColumn set(Section section) {
            Stream.of(min, max, clamp, decimals, special)
                    .forEach(setting -> section.refuse(setting, "a set has categories, and no bounds"));
            section.require(
                    categories,
                    "column '" + section.get(name) + "' holds sets: declare the members that they may have");
            List<String> members = section.get(categories);
            Integer usual = section.get(usualMembers);
            if (members == null) {
                return null;
            }
            return section.make(() -> new SetColumn(
                    section.get(name),
                    members,
                    section.get(nullable),
                    section.get(other),
                    usual == null ? members.size() : usual));
        }

        private Column categorical(Section section, ColumnType known) {
            String reason = "a column with categories has no bounds";
            section.refuse(min, reason);
            section.refuse(max, reason);
            section.refuse(clamp, reason + ": use other");
            section.refuse(decimals, "its categories are written as declared");
            section.refuse(special, "each category is counted separately in any case");
            if (known.kind() == ColumnType.Kind.STRING) {
                section.require(
                        categories,
                        "column '" + section.get(name) + "' is a string: declare its values; or, if it identifies"
                                + " somebody, set type: id, name, email or the like, and its values are made up");
            }
            return section.make(() -> new CategoricalColumn(
                    section.get(name),
                    known,
                    section.has(categories) ? section.get(categories) : List.of(),
                    section.get(nullable),
                    section.get(other)));
        }

        private Column numeric(Section section, ColumnType known) {
            section.refuse(other, "it needs categories; for bounds use out_of_range: clamp");
            for (Setting<String> bound : List.of(min, max)) {
                section.require(
                        bound,
                        "column '" + section.get(name) + "' is of type "
                                + known.configName()
                                + ": declare min and max, which are public, or categories");
            }
            Double least = code(section, known, min, section.get(min));
            Double most = code(section, known, max, section.get(max));
            List<Double> codes = new ArrayList<>();
            if (section.get(special) != null) {
                section.get(special).forEach(text -> codes.add(code(section, known, special, text)));
            }
            return section.make(() -> new NumericColumn(
                    section.get(name),
                    known,
                    least,
                    most,
                    section.get(nullable),
                    section.get(clamp),
                    section.get(decimals),
                    codes));
        }

        private Double code(Section section, ColumnType known, Setting<?> setting, String text) {
            try {
                return text == null ? null : NumericColumn.exactCode(known, text);
            } catch (IllegalArgumentException e) {
                section.conflict(setting, e.getMessage());
                return null;
            }
        }
    }

    /** The settings that state how far variations move a row. */
    static final class MutationSettings extends Group<RunSpec.Mutation> {

        /** The default mutation. */
        static final RunSpec.Mutation USUAL = new RunSpec.Mutation(0.5, 0.01, 0.2, 15);

        final Setting<Double> initial = value("initial", Real.SHARE, USUAL.initial(), RunSpec.Mutation::initial)
                .means("How far the first variations move a row: the probability that a category is redrawn, and the"
                        + " share of its range that a number moves by at most.");
        final Setting<Double> last = value("last", Real.SHARE, USUAL.last(), RunSpec.Mutation::last)
                .means("The same, after `tabular.mutation.iterations`.");
        // Canonical configurations write a linear decay as a gamma of 1.
        final Setting<Boolean> linear = value("decay", Words.flag("polynomial", "linear"), false, mutation -> null)
                .means("How the mutation rate changes from the first to the last vote.");
        final Setting<Double> gamma = value("gamma", Real.POSITIVE, USUAL.gamma(), RunSpec.Mutation::gamma)
                .means("Exponent of the polynomial decay; linear is 1.");
        final Setting<Integer> iterations = value(
                        "iterations", Whole.atLeast(1), USUAL.iterations(), RunSpec.Mutation::iterations)
                .means("Votes after which the mutation rate stays at its last value.");

        RunSpec.Mutation read(Section section) {
            if (Boolean.TRUE.equals(section.get(linear))) {
                section.refuse(gamma, "the decay is linear: remove it, or set decay: polynomial");
            }
            return section.make(() -> new RunSpec.Mutation(
                    section.get(initial),
                    section.get(last),
                    section.get(linear) ? 1 : section.get(gamma),
                    section.get(iterations)));
        }
    }
}
