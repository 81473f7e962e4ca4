/** AWS Bedrock through its Converse API. */
@NullMarked
package io.patchbay.plugin.bedrock;

import org.jspecify.annotations.NullMarked;
