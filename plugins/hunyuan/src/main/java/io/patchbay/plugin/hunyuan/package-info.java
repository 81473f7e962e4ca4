/** Tencent's Hunyuan: the signed cloud API, the older signed host, and the surface in OpenAI's dialect. */
@NullMarked
package io.patchbay.plugin.hunyuan;

import org.jspecify.annotations.NullMarked;
