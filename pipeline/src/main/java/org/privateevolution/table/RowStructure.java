package org.privateevolution.table;

import java.util.function.Supplier;
import org.privateevolution.model.TableRow;

/** What holds for the rows of a table beyond the declarations of single columns. Public. */
public interface RowStructure {

    /** The rules of a table whose columns are independent declarations. */
    RowStructure NONE = new RowStructure() {
        @Override
        public boolean paired(int first, int second) {
            return true;
        }

        @Override
        public TableRow kept(TableRow row, Supplier<TableRow> others) {
            return row;
        }
    };

    /** Whether the marginal of two columns says anything that those of others do not. */
    boolean paired(int first, int second);

    /**
     * The row, changed as little as needed for the rules to hold.
     *
     * @param others draws rows that may lend their values
     */
    TableRow kept(TableRow row, Supplier<TableRow> others);
}
