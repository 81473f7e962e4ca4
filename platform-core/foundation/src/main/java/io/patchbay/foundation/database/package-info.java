/** Opens SQLite or MySQL, migrates it, and runs mapper work in bounded reads and single transactions. */
@NullMarked
package io.patchbay.foundation.database;

import org.jspecify.annotations.NullMarked;
