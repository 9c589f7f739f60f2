// SPDX-License-Identifier: MIT
// The suite jmespath: expressions on documents.
#include <awsxx/codec/jmespath.hpp>
#include <awsxx/codec/jmespath_json.hpp>

#include "suites.hpp"

#include <string>

namespace conformance {

json jmespath(const std::string& mode, const json& input) {
    namespace path = awsxx::codec::jmespath;
    if (mode != "search") return answer::unsupported("no mode " + mode);
    path::memory room;
    const auto document = path::from_json(input.value("document", json()).dump(), room);
    if (!document) return answer::unsupported("the document cannot be read");
    const auto expression = path::parse(input.value("expression", std::string()));
    if (!expression) return answer::failure(expression.error());
    const auto found = path::search(*expression, *document, room);
    if (!found) return answer::failure(found.error());
    std::string text;
    if (!path::append_json(*found, text, path::effort::most))
        return answer::unsupported("the result is no JSON");
    return answer::output({{"result", json::parse(text)}});
}

}  // namespace conformance
