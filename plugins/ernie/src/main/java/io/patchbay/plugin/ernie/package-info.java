/** ERNIE through Baidu Qianfan: the current API, and the old one with its access tokens. */
@NullMarked
package io.patchbay.plugin.ernie;

import org.jspecify.annotations.NullMarked;
